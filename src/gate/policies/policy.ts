import type { Candidate } from '../verdict.ts'

export interface Breach {
  /** Dotted path of the value that breaks it. */
  path: string
  message: string
}

/** One rule about what may go live. Pure: the same candidate gives the same breaches. */
export interface Policy {
  /** `IV-POLICY-NNN`; never given to another rule. */
  id: string
  /** What must hold, in one sentence. */
  title: string
  /** True for a rule about the change, which has nothing to say without a past. */
  isAboutChange: boolean
  fix: string
  check: (candidate: Pick<Candidate, 'platform' | 'past'>) => readonly Breach[]
}
