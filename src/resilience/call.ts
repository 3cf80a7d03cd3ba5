import { DelegateBackoff, handleType, isBrokenCircuitError, retry, timeout, TimeoutStrategy } from 'cockatiel'
import { type Breaker, makeBreaker } from './breaker.ts'
import type { CallPolicy } from './document.ts'
import { retryDelayMs } from './schedule.ts'

/** Thrown by a call that may be tried again: refused connections, overload answers. Nothing else is repeated. */
export class RetryableError extends Error {}

export interface Call<Answer> {
  /** Of the circuit breaker; undefined where the call has none. */
  readonly breaker: Breaker | undefined
  /** @param work one attempt; ends when its signal does. */
  run(work: (signal: AbortSignal) => Promise<Answer>, fallback?: () => Promise<Answer>): Promise<Answer>
}

/**
 * The reference for callers of a service: a time limit for each attempt, the breaker that all sessions of a process
 * share, the document's retries, and the fallback.
 *
 * @param random in [0, 1), for the jitter.
 */
export function makeCall<Answer>(policy: CallPolicy, random: () => number): Call<Answer> {
  const breaker = policy.breaker ? makeBreaker(policy.breaker) : undefined
  const limit = timeout(policy.timeoutMs, TimeoutStrategy.Aggressive)
  const again = retry(handleType(RetryableError), {
    maxAttempts: policy.retry.maxRetries,
    backoff: new DelegateBackoff(({ attempt }: { attempt: number }) =>
      retryDelayMs(policy.retry, attempt - 1, random()),
    ),
  })
  const fallsBack = (error: unknown): boolean =>
    policy.breaker?.fallsBackOn !== 'openCircuit' || isBrokenCircuitError(error)
  return {
    breaker,
    async run(work, fallback) {
      const attempt = (signal: AbortSignal): Promise<Answer> =>
        limit.execute(({ signal: own }) => work(own), signal)
      try {
        return await again.execute(({ signal }) =>
          breaker ? breaker.execute(attempt, signal) : attempt(signal),
        )
      } catch (error) {
        if (fallback && fallsBack(error)) return fallback()
        throw error
      }
    },
  }
}
