import type { RunRecord } from '../runs/journal.ts'
import type { Milestone, MilestoneCheckName } from '../spec/schema/capacity.ts'
import type { Specification } from '../spec/schema/specification.ts'

/** `unknown`: the evidence is missing, cannot exist yet, or is too old. `waived`: neither of both counts today. */
export type CheckVerdict = 'pass' | 'fail' | 'unknown' | 'waived'

export interface MilestoneCheck {
  id: MilestoneCheckName
  verdict: CheckVerdict
  /** The numbers, or what is missing. */
  reason: string
  /** Where the verdict comes from: a path of the specification, a run. Null where there is nothing. */
  evidence: string | null
  /** Of recorded evidence; 0 for what is computed now, null where there is nothing. */
  ageDays: number | null
}

/** What the checks look at. */
export interface CheckInput {
  specification: Specification
  name: string
  milestone: Milestone
  /** Newest first, of the environment that is looked at. */
  runs: readonly RunRecord[]
  now: Date
}

/** What a check finds, without its name. */
export type Found = Omit<MilestoneCheck, 'id'>

export interface CheckKind {
  /** What is looked at, in one sentence. */
  asks: string
  /** How evidence comes about, or what has to change. */
  next: string
  look: (input: CheckInput) => Found
}

/** A verdict that follows from the specification alone. */
export function computed(holds: boolean, reason: string, path: string): Found {
  return { verdict: holds ? 'pass' : 'fail', reason, evidence: path, ageDays: 0 }
}

export function missing(reason: string): Found {
  return { verdict: 'unknown', reason, evidence: null, ageDays: null }
}
