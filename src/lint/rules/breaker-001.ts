import { slowFallbacks } from '../breakers.ts'
import type { LintRule } from '../rule.ts'

export const breaker001: LintRule = {
  id: 'IV-BREAKER-001',
  severity: 'error',
  title: 'Speech recognition falls back as fast as its drill demands.',
  document:
    'Circuit Breaker: asr_primary opens after 5 failures. Component Failure Handling: timeout 3 s. Scenario 2: fallback ASR activates within 5 s.',
  resolution:
    'circuitBreakers.asr-primary.fallsBackOn is everyFailure: the first timeout goes to the fallback (3 s), and the breaker only spares the pool.',
  why: 'A session that meets the five failures in series waits 15 s. The sequence diagram switches after the first timeout, the pseudo-code only while the breaker is open.',
  formula: 'failures before the fallback × timeouts.asr ≤ fallback-activation of the scenario',
  fix: 'fall back on every failure (fallsBackOn: everyFailure)',
  check(specification) {
    const limits = Object.values(specification.scenarios).flatMap(({ criteria }) =>
      criteria.flatMap(({ metric, duration }) =>
        metric === 'fallback-activation' && duration ? [duration.ms] : [],
      ),
    )
    return limits.length === 0 ? [] : slowFallbacks(specification, 'asr', Math.min(...limits))
  },
}
