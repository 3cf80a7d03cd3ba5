import type { FailureCode } from './exit-codes.ts'

export type Severity = 'error' | 'warning' | 'info'

/** One thing that is wrong, with its place: the same shape for config errors, lint and gates. */
export interface Finding {
  id: string
  severity: Severity
  /** Dotted path into the specification or the object, such as `pools.sfu.instances.minimum`. */
  path?: string
  /** `file:line:column` where the finding comes from a file. */
  place?: string
  message: string
  actual?: string
  limit?: string
  hint?: string
}

export interface FailureDetails {
  /** What to do next: a sentence or a command. */
  next?: string
  region?: string
  retryable?: boolean
  findings?: readonly Finding[]
  cause?: unknown
}

/**
 * An error that somebody can act on. `message` says what happened and names the offending value;
 * `next` says what to do. Anything that is not a `Failure` is a defect of `iv` and exits 1.
 */
export class Failure extends Error {
  readonly code: FailureCode
  readonly next: string | undefined
  readonly region: string | undefined
  readonly retryable: boolean
  readonly findings: readonly Finding[]

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause })
    this.name = 'Failure'
    this.code = code
    this.next = details.next
    this.region = details.region
    this.retryable = details.retryable ?? false
    this.findings = details.findings ?? []
  }
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure
}

/** The failure itself, or an `INTERNAL` one around whatever else was thrown. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  return new Failure('INTERNAL', message, { cause: error, next: 'this is a defect of iv: please report it' })
}
