import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'
import { waitsOf } from '../waits.ts'

export const budget002: LintRule = {
  id: 'IV-BUDGET-002',
  severity: 'error',
  title: 'The retries of evaluation fit into the waits of its classes.',
  document:
    'Retry Strategy: batch_processing waits 1 + 2 + 4 + 8 + 16 = 31 s. Priority Levels: MEDIUM (evaluation) 5 s, LOW (batch) 30 s.',
  resolution:
    'retries.batch-processing.initialDelay is 125 ms: 3.875 s, with jitter 4.263 s, still five retries.',
  why: 'The waits exceed the class of scoring six times over and even the lowest class.',
  formula: 'Σ waits × (1 + jitter) ≤ maxWait of the classes of evaluation-scoring and batch-evaluation',
  fix: 'shorten retries.batch-processing.initialDelay, or retry less often',
  check({ retries, priorities, gpu }) {
    const { worstMs, sum } = waitsOf(retries['batch-processing'])
    const classes = new Set([gpu.requests['evaluation-scoring'], gpu.requests['batch-evaluation']])
    return [...classes].flatMap((name) => {
      const { maxWait } = priorities[name]
      if (worstMs <= maxWait.ms) return []
      return [
        {
          path: 'retries.batch-processing.initialDelay',
          message: `${sum} = ${time(worstMs)} > ${maxWait.toString()}: retries alone exceed the class ${name}`,
          actual: time(worstMs),
          limit: maxWait.toString(),
        },
      ]
    })
  },
}
