import type { Specification } from '../spec/schema/specification.ts'

export type LintSeverity = 'error' | 'warning'

/** Two statements of one specification that cannot both hold. */
export interface Clash {
  /** Dotted path of the value to change. */
  path: string
  /** The formula with its numbers. */
  message: string
  actual: string
  limit: string
}

/** One piece of contract arithmetic. Pure: the same specification gives the same clashes. */
export interface LintRule {
  /** `IV-AREA-NNN`; never given to another rule. */
  id: string
  severity: LintSeverity
  /** What must hold, in one sentence. */
  title: string
  /** The statements of the source document that collide, with their places. */
  document: string
  /** What the defaults of `iv` say instead. */
  resolution: string
  why: string
  /** What must hold, in the names of the specification. */
  formula: string
  fix: string
  check: (specification: Specification) => readonly Clash[]
}
