import type { GateRow } from '../gate/result.ts'

export interface PromoteData {
  environment: string
  from: string
  to: string
  gates: readonly GateRow[]
  /** Files of the tree that differ. */
  files: number
  /** Full name; null where none was made. */
  commit: string | null
  branch: string
}
