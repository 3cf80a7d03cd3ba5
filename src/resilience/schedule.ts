import type { RetryPolicy } from './document.ts'

/**
 * The wait before a retry, as the source document computes it (Retry Strategy with Exponential Backoff): exponential,
 * capped, then varied by ±jitter, so that the cap itself may be passed by that share.
 *
 * @param retry counted from 0.
 * @param random in [0, 1): 0 is the shortest wait.
 */
export function retryDelayMs(policy: RetryPolicy, retry: number, random: number): number {
  const delay = Math.min(policy.initialDelayMs * policy.multiplier ** retry, policy.maxDelayMs)
  return delay * (1 + policy.jitter * (2 * random - 1))
}

/** All waits without jitter: 100, 200, 400 ms. */
export function retrySchedule(policy: RetryPolicy): number[] {
  return Array.from({ length: policy.maxRetries }, (_, retry) => retryDelayMs(policy, retry, 0.5))
}
