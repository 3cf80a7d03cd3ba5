import { strongest } from '../exit-codes.ts'
import { Failure, isFailure, toFailure } from '../failure.ts'

/**
 * The failure to report. Work that was told to stop often ends with the error of whatever stopped first; the
 * reason for stopping then counts, unless what happened is worse (a rollback that did not complete).
 */
export function failureOf(error: unknown, signal: AbortSignal): Failure {
  const failure = isFailure(error) ? error : unexpected(error)
  const reason: unknown = signal.aborted ? signal.reason : undefined
  if (!isFailure(reason) || reason === failure) return failure
  // A defect is what has to be known, whatever else it led to.
  if (reason.code === 'INTERNAL') return reason
  return strongest([reason.code, failure.code]) === reason.code ? reason : failure
}

/** A failure that says how to report whatever nobody foresaw. */
export function unexpected(error: unknown): Failure {
  const inner = toFailure(error)
  return new Failure('INTERNAL', `unexpected error: ${inner.message}`, {
    cause: error,
    next: 'this is a defect of iv: please report it with the output of --log-level debug',
  })
}

/** A defect that the work did not notice: its result then cannot be trusted. */
export function defectIn(signal: AbortSignal): Failure | undefined {
  const reason: unknown = signal.aborted ? signal.reason : undefined
  return isFailure(reason) && reason.code === 'INTERNAL' ? reason : undefined
}
