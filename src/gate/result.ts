import type { Finding } from '../failure.ts'
import type { Verdict } from './verdict.ts'

export interface GateRow {
  /** Of a gate, or of what a promotion asks besides. */
  id: string
  verdict: Verdict
  /** Whether the environment demands an allow (`gates.mustAllow`). */
  required: boolean
  reason: string
  until: string | null
  evidence: string | null
  findings: readonly Finding[]
}

export interface GateData {
  environment: string
  /** Where the change starts; null where that could not be told. */
  from: string | null
  gates: readonly GateRow[]
}
