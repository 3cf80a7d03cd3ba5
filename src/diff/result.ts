import type { Action } from './change.ts'
import type { Meaning } from './meaning.ts'

export interface DiffRow {
  region: string
  action: Action
  kind: string
  namespace: string | null
  name: string
  /** Unified, of YAML, redacted. */
  patch: string
}

export interface DiffData {
  environment: string
  /** `commit 0123abc (origin/main)`, `the cluster`, `gitops/production at commit 0123abc`. */
  from: string
  to: string
  counts: { create: number; update: number; delete: number; same: number }
  semantic: readonly Meaning[]
  objects: readonly DiffRow[]
}
