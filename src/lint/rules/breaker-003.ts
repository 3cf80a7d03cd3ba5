import type { LintRule } from '../rule.ts'

export const breaker003: LintRule = {
  id: 'IV-BREAKER-003',
  severity: 'error',
  title: 'A half-open breaker counts anew, so that its two numbers mean something.',
  document:
    'Circuit Breaker: the pseudo-code never resets the success count, never reads half_open_requests, and returns no fallback when a half-open request fails.',
  resolution: 'circuitBreakers.*.counters is resetOnChange, and fallsBackOn is everyFailure.',
  why: 'Successes of the first recovery count in the second one, which then closes after a single success; and every request is a test request.',
  formula: 'successes needed in every recovery = closesAfterSuccesses, test requests ≤ halfOpenRequests',
  fix: 'count anew after every change of state (counters: resetOnChange)',
  check({ circuitBreakers }) {
    return Object.entries(circuitBreakers).flatMap(([name, breaker]) => {
      if (breaker.counters !== 'kept') return []
      const { closesAfterSuccesses: successes, halfOpenRequests } = breaker
      return [
        {
          path: `circuitBreakers.${name}.counters`,
          message: `1 ≠ ${successes} successes: counts that are kept close the second recovery at once, and ∞ > ${halfOpenRequests} test requests`,
          actual: '1 success, any number of test requests',
          limit: `${successes} successes, ${halfOpenRequests} test requests`,
        },
      ]
    })
  },
}
