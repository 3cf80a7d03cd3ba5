import type { Failure } from '../failure.ts'

/** Why one region of several failed, as the JSON documents show it. */
export interface RegionError {
  code: string
  message: string
  retryable: boolean
  next: string | null
}

export function regionError(failure: Failure): RegionError {
  return {
    code: failure.code,
    message: failure.message,
    retryable: failure.retryable,
    next: failure.next ?? null,
  }
}
