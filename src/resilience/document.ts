import type { WorkName } from '../platform/work.ts'
import type { Specification } from '../spec/schema/specification.ts'

/** Version of the document's form, not of its numbers. */
export const resilienceVersion = 'iv.dev/v1'

/** The circuit breaker of one called service. Its state belongs to the caller's process. */
export interface BreakerPolicy {
  failureThreshold: number
  successThreshold: number
  openForMs: number
  halfOpenRequests: number
  /** `everyFailure`: a request that fails gets its fallback at once; `openCircuit`: only while the breaker is open. */
  fallsBackOn: 'everyFailure' | 'openCircuit'
  /** Whether counts start anew after every change of state. */
  counters: 'resetOnChange' | 'kept'
}

export interface RetryPolicy {
  /** Attempts after the first. */
  maxRetries: number
  initialDelayMs: number
  maxDelayMs: number
  multiplier: number
  /** Share of a wait by which it is varied at random, up or down: 0.1 is ±10 %. */
  jitter: number
}

/** How one service is called: timeout inside breaker inside retry inside fallback. */
export interface CallPolicy {
  /** Of one attempt. A timeout is never retried: the fallback is what a candidate can still wait for. */
  timeoutMs: number
  retry: RetryPolicy
  breaker?: BreakerPolicy
  /** What answers instead, by name; absent where the caller reports the failure. */
  fallback?: string
}

/** `resilience.json` of one calling service. */
export interface ResilienceDocument {
  apiVersion: typeof resilienceVersion
  kind: 'ResiliencePolicy'
  service: WorkName
  /** By called service. */
  calls: Record<string, CallPolicy>
}

type Breaker = Specification['circuitBreakers'][string]
type Retry = Specification['retries']['default']

export function breakerPolicy(breaker: Breaker): BreakerPolicy {
  return {
    failureThreshold: breaker.opensAfterFailures,
    successThreshold: breaker.closesAfterSuccesses,
    openForMs: breaker.openFor.ms,
    halfOpenRequests: breaker.halfOpenRequests,
    fallsBackOn: breaker.fallsBackOn ?? 'openCircuit',
    counters: breaker.counters ?? 'kept',
  }
}

export function retryPolicy(retry: Retry): RetryPolicy {
  return {
    maxRetries: retry.maxRetries,
    initialDelayMs: retry.initialDelay.ms,
    maxDelayMs: retry.maxDelay.ms,
    multiplier: retry.multiplier,
    jitter: retry.jitterPercent / 100,
  }
}
