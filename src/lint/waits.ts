import type { Specification } from '../spec/schema/specification.ts'
import { number } from './numbers.ts'

type RetryPolicy = Specification['retries']['default']

export interface Waits {
  /** All waits between attempts, with jitter at its worst. */
  worstMs: number
  /** `(50 + 100) ms × 1.1`. */
  sum: string
}

/** What a retry policy waits in total when every attempt fails. */
export function waitsOf({
  maxRetries,
  initialDelay,
  maxDelay,
  multiplier,
  jitterPercent,
}: RetryPolicy): Waits {
  const waits = Array.from({ length: maxRetries }, (_, attempt) =>
    Math.min(initialDelay.ms * multiplier ** attempt, maxDelay.ms),
  )
  const factor = 1 + jitterPercent / 100
  return {
    worstMs: waits.reduce((total, wait) => total + wait, 0) * factor,
    sum: `(${waits.map(number).join(' + ') || '0'}) ms × ${factor}`,
  }
}
