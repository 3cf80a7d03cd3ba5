import { join } from 'node:path'
import { execa } from 'execa'
import type { Envelope } from '../../src/report/envelope.ts'

export const repository = join(import.meta.dirname, '..', '..')

export interface IvOptions {
  cwd?: string
  env?: Readonly<Record<string, string | undefined>>
  deadlineMs?: number
  input?: string
  signal?: AbortSignal
  /** Runs the fixture commands of `test/fixtures/cli/commands` instead of the real ones. */
  fixtures?: boolean
}

export interface IvResult {
  /** -1 when a signal ended the process. */
  exitCode: number
  signal: string | undefined
  stdout: string
  stderr: string
  /** The one JSON document on stdout. @throws when stdout is not exactly one. */
  json: Envelope & { data: Record<string, unknown> }
}

/** Variables of a developer's shell that would change what a command does. */
const cleared = {
  CI: undefined,
  IV_ENV: undefined,
  IV_REGION: undefined,
  IV_OUTPUT: undefined,
  IV_CONFIG: undefined,
}

/** The started process, for tests that send signals or read while it runs. Ended by force at the deadline. */
export function startIv(args: readonly string[], options: IvOptions = {}) {
  const launcher = options.fixtures ? 'test/fixtures/cli/run.js' : 'bin/iv.js'
  return execa(process.execPath, [join(repository, launcher), ...args], {
    cwd: options.cwd ?? repository,
    env: { ...cleared, ...options.env },
    reject: false,
    timeout: options.deadlineMs ?? 20_000,
    forceKillAfterDelay: 2000,
    stripFinalNewline: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  })
}

/** Runs the built `iv` to its end. */
export async function iv(args: readonly string[], options: IvOptions = {}): Promise<IvResult> {
  const result = await startIv(args, options)
  if (result.timedOut) throw new Error(`iv ${args.join(' ')} did not end in time:\n${String(result.stderr)}`)
  const stdout = String(result.stdout)
  return {
    exitCode: result.exitCode ?? -1,
    signal: result.signal,
    stdout,
    stderr: String(result.stderr),
    get json() {
      return JSON.parse(stdout)
    },
  }
}
