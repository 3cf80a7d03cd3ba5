import type { BreakerState } from '../../resilience/breaker.ts'
import type { BreakerPolicy } from '../../resilience/document.ts'

/**
 * The breaker of `src/resilience` in virtual time: the same document and the same states, shared by all callers of
 * one service in one region. `allows` is asked before a call, `succeeded` or `failed` is told after it; what is not
 * allowed goes to the fallback.
 */
export class Breaker {
  state: BreakerState = 'closed'
  /** How often it opened. */
  opened = 0
  #failures = 0
  #successes = 0
  #tests = 0
  #since = 0
  readonly policy: BreakerPolicy

  constructor(policy: BreakerPolicy) {
    this.policy = policy
  }

  allows(now: number): boolean {
    if (this.state === 'open' && now - this.#since > this.policy.openForMs) this.#change('halfOpen', now)
    if (this.state === 'closed') return true
    // Callers who left with their test request say nothing: others get their turn after a while.
    if (this.state === 'halfOpen' && now - this.#since > this.policy.openForMs) this.#change('halfOpen', now)
    if (this.state === 'open' || this.#tests >= this.policy.halfOpenRequests) return false
    this.#tests += 1
    return true
  }

  succeeded(now: number): void {
    if (this.state === 'closed') this.#failures = 0
    if (this.state !== 'halfOpen') return
    this.#successes += 1
    if (this.#successes >= this.policy.successThreshold) this.#change('closed', now)
  }

  failed(now: number): void {
    if (this.state === 'open') return
    this.#failures += 1
    if (this.state === 'halfOpen' || this.#failures >= this.policy.failureThreshold) this.#change('open', now)
  }

  /** The pseudo-code of the source document keeps its counts over a change of state (`counters: kept`). */
  #change(state: BreakerState, now: number): void {
    if (state === 'open') this.opened += 1
    this.state = state
    this.#since = now
    this.#tests = 0
    if (this.policy.counters === 'kept') return
    this.#failures = 0
    this.#successes = 0
  }
}
