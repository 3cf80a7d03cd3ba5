import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'
import { waitsOf } from '../waits.ts'

export const budget001: LintRule = {
  id: 'IV-BUDGET-001',
  severity: 'error',
  title: 'The retries of a running interview fit into the wait of its class.',
  document:
    'Retry Strategy: real_time_critical waits 50 + 100 = 150 ms. Priority Levels: CRITICAL waits at most 100 ms.',
  resolution:
    'retries.real-time-critical.initialDelay is 30 ms: (30 + 60) ms × 1.1 = 99 ms, still two retries.',
  why: 'The waits between attempts alone use up more than the class has, before any attempt has taken its time.',
  formula: 'Σ waits × (1 + jitter) ≤ priorities.CRITICAL.maxWait',
  fix: 'shorten retries.real-time-critical.initialDelay, or retry less often',
  check({ retries, priorities }) {
    const { worstMs, sum } = waitsOf(retries['real-time-critical'])
    const { maxWait } = priorities.CRITICAL
    if (worstMs <= maxWait.ms) return []
    return [
      {
        path: 'retries.real-time-critical.initialDelay',
        message: `${sum} = ${time(worstMs)} > ${maxWait.toString()}: retries alone exceed the class CRITICAL`,
        actual: time(worstMs),
        limit: maxWait.toString(),
      },
    ]
  },
}
