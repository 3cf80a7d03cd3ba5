import type { PriceBook } from '../capacity/price-book.ts'
import type { DiffCollaborators } from '../diff/against-live.ts'
import type { AccessFlags } from '../deploy/access.ts'
import type { Finding } from '../failure.ts'
import type { LoadInput } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'

/** `unknown` where nothing could be told: it is never taken for a yes. `defer`: not now, ask again. */
export type Verdict = 'allow' | 'deny' | 'defer' | 'unknown'

export interface Judgement {
  verdict: Verdict
  /** One sentence, with the numbers. */
  reason: string
  /** RFC 3339: when asking again is worth it; with `defer`. */
  until?: string
  findings?: readonly Finding[]
}

/** What every gate judges. */
export interface Candidate {
  platform: Platform
  regions: readonly string[]
  /** The specification that the change starts from; undefined where there is none to compare with. */
  past: Platform | undefined
  prices: PriceBook
  input: GateInput
}

export interface GateInput extends LoadInput {
  /** All where none is named. */
  regions: readonly string[]
  /** Only these; all where none is named. */
  only: readonly string[]
  /** Where the change starts: a branch, tag or commit. */
  reference: string
  /** The rendered tree, absolute; the environment's own if left out. */
  folder: string | undefined
  access: AccessFlags
  maxMonthlyUsd: number | undefined
  maxIncreasePercent: number | undefined
  /** Rules whose findings somebody has looked at and accepts, and why. */
  accept: readonly string[]
  reason: string | undefined
}

export type Gate = (candidate: Candidate, c: DiffCollaborators) => Promise<Judgement> | Judgement
