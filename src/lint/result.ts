import type { Finding } from '../failure.ts'
import type { LintSeverity } from './rule.ts'

export interface LintFinding extends Finding {
  severity: LintSeverity
  path: string
  place: string
  actual: string
  limit: string
  /** How to resolve it. */
  hint: string
}

export interface LintResult {
  /** Every rule that was checked, with the number of its findings. */
  rules: readonly { id: string; severity: LintSeverity; title: string; findings: number }[]
  errors: readonly LintFinding[]
  warnings: readonly LintFinding[]
}
