import { slowFallbacks } from '../breakers.ts'
import type { LintRule } from '../rule.ts'

export const breaker002: LintRule = {
  id: 'IV-BREAKER-002',
  severity: 'error',
  title: 'The language model falls back as fast as its trigger demands.',
  document:
    'Circuit Breaker: llm_api opens after 3 failures. Degradation Triggers: LLM timeout > 5 s, switch to predefined questions.',
  resolution: 'circuitBreakers.llm-api.fallsBackOn is everyFailure: the first timeout of 5 s is the last.',
  why: 'Three timeouts in series are 15 s of silence, three times what the trigger allows.',
  formula: 'failures before the fallback × timeouts.llm ≤ above of the trigger on responseMs',
  fix: 'fall back on every failure (fallsBackOn: everyFailure)',
  check(specification) {
    const limits = Object.values(specification.degradation.triggers).flatMap(
      ({ component, metric, above }) =>
        component === 'llm' && metric === 'responseMs' && above !== undefined ? [above] : [],
    )
    return limits.length === 0 ? [] : slowFallbacks(specification, 'llm', Math.min(...limits))
  },
}
