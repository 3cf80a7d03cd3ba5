import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'
import { waitsOf } from '../waits.ts'

/** One answer of an API server, 99th percentile, measured under load on a machine of two cores. */
const apiServerAnswerMs = 209

export const budget003: LintRule = {
  id: 'IV-BUDGET-003',
  severity: 'warning',
  title: 'No question to a control plane stands between a candidate and an answer.',
  document:
    'Retry Strategy: real_time_critical waits 50 + 100 ms, at most 200 ms each. Session Recovery Protocol: the session router assigns a new SFU, without saying how it knows them.',
  resolution: 'affinity.serversFrom is watch: the router has its servers in memory before anybody asks.',
  why: 'One answer of an API server under load takes 209 ms (99th percentile, measured): longer than all retries of an interview together.',
  formula: 'affinity.serversFrom is watch, or 209 ms ≤ Σ waits of retries.real-time-critical',
  fix: 'let the session router watch its servers (affinity.serversFrom: watch)',
  check({ affinity, retries }) {
    const { worstMs, sum } = waitsOf(retries['real-time-critical'])
    if (affinity.serversFrom === 'watch' || worstMs >= apiServerAnswerMs) return []
    return [
      {
        path: 'affinity.serversFrom',
        message: `${apiServerAnswerMs}ms > ${sum} = ${time(worstMs)}: asking an API server takes longer than all retries`,
        actual: `${apiServerAnswerMs}ms`,
        limit: time(worstMs),
      },
    ]
  },
}
