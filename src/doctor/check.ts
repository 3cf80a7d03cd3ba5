import type { Failure } from '../failure.ts'

export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip'

/** One line of `iv doctor`. Identifiers are promised: `node`, `tool.etcd`, `cluster.us-east.version`. */
export interface Check {
  id: string
  status: CheckStatus
  /** What was found, with the value. */
  detail: string
  /** What to do about it; on every `fail` and `warn`. */
  hint?: string
  /** Set on a `fail` that is a matter of credentials or permission: exit 3 instead of 4. */
  denied?: boolean
}

/** The check that a failure amounts to. */
export function failed(id: string, failure: Failure, hint: string): Check {
  return {
    id,
    status: 'fail',
    detail: failure.message,
    hint: failure.next ?? hint,
    ...(failure.code === 'AUTH' ? { denied: true } : {}),
  }
}
