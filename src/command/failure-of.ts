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
  return strongest([reason.code, failure.code]) === reason.code ? reason : failure
}

function unexpected(error: unknown): Failure {
  const inner = toFailure(error)
  return new Failure('INTERNAL', `unexpected error: ${inner.message}`, {
    cause: error,
    next: 'this is a defect of iv: please report it with the output of --log-level debug',
  })
}
