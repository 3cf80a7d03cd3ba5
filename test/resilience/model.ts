import type { BreakerPolicy } from '../../src/resilience/document.ts'

/** The answer that the source document's pseudo-code gives to one request, and the state that it leaves. */
export interface ModelAnswer {
  called: boolean
  state: 'closed' | 'open' | 'halfOpen'
}

/**
 * ALGORITHM CircuitBreaker, line by line, with the two corrections of IV-BREAKER-003: the success count is reset
 * when the breaker changes its state (`resets`), otherwise it is the pseudo-code as it stands.
 */
export function pseudoCode(policy: BreakerPolicy, resets: boolean) {
  let state: ModelAnswer['state'] = 'closed'
  let failures = 0
  let successes = 0
  let openedAt = 0
  const changeTo = (next: ModelAnswer['state']): void => {
    state = next
    if (!resets) return
    failures = 0
    successes = 0
  }
  return (now: number, succeeds: boolean): ModelAnswer => {
    if (state === 'open') {
      if (now - openedAt > policy.openForMs) changeTo('halfOpen')
      else return { called: false, state }
    }
    if (state === 'halfOpen') {
      if (succeeds) {
        successes += 1
        if (successes >= policy.successThreshold) changeTo('closed')
      } else {
        changeTo('open')
        openedAt = now
      }
      return { called: true, state }
    }
    if (succeeds) failures = 0
    else {
      failures += 1
      if (failures >= policy.failureThreshold) {
        changeTo('open')
        openedAt = now
      }
    }
    return { called: true, state }
  }
}
