import type { FailureCode } from '../../exit-codes.ts'
import type { Paths } from '../../paths.ts'
import type { LoadInput } from '../../spec/load.ts'
import type { Verdict } from '../criteria/judge.ts'

/** What a worker is started with: everything that its cases have in common. */
export interface WorkerInput {
  load: LoadInput & { scenario: string }
  paths: Paths
  environment: Readonly<Record<string, string | undefined>>
}

/** One run, as its settings over those that all have, and its seed. */
export interface Task {
  settings: readonly string[]
  seed: number
}

export interface TaskResult {
  verdict: Verdict
  /** Names of the criteria and checks that did not pass. */
  failed: readonly string[]
  digest: string
}

/** What a thread answers: a failure crosses as its parts. */
export type CaseAnswer =
  | { result: TaskResult }
  | { failure: { code: FailureCode; message: string; next: string | undefined } }
