import type { Outcome } from '../exit-codes.ts'
import type { Failure, Finding } from '../failure.ts'
import type { Style } from './style.ts'

/** What a use case returns. `data` is the promised shape of `kind`; everything else is the same for all. */
export interface Report<D> {
  /** Name of the JSON document, such as `DeployResult`. */
  kind: string
  data: D
  /** `OK` unless stated. */
  outcome?: Outcome
  findings?: readonly Finding[]
  /** Set when the outcome is not `OK` and there is a single reason to show. */
  error?: Failure
  environment?: string
  regions?: readonly string[]
  inputs?: { configDigest?: string; git?: string; snapshot?: string }
  runId?: string
}

/**
 * The one place that knows how a result looks. JSON is `data` itself; a writer adds what people read.
 * `text` ends without a newline.
 */
export interface Writer<D> {
  text(data: D, style: Style): string
  wide?(data: D, style: Style): string
  markdown?(data: D): string
}
