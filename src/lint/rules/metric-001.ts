import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const metric001: LintRule = {
  id: 'IV-METRIC-001',
  severity: 'error',
  title: 'A queue threshold is the length of the queue, not its length divided by the workers.',
  document:
    'Scaling Triggers and Thresholds: "Queue depth" > 10 pending, below the row "Sessions/server". Whether it is per worker is not said; the literal preset reads it as the row above.',
  resolution: 'pools.asr, tts and evaluation have trigger.scope pool.',
  why: 'Divided by its workers, a pool at its minimum grows only at several times the threshold of the table.',
  formula: 'queue that scales out (scaleOut × instances.minimum per replica) ≤ scaleOut',
  fix: 'set trigger.scope to pool',
  check({ pools }) {
    return Object.entries(pools).flatMap(([name, { trigger, instances }]) => {
      const queue = trigger.scaleOut * instances.minimum
      if (trigger.metric !== 'queueDepth' || trigger.scope === 'pool' || queue <= trigger.scaleOut) return []
      return [
        {
          path: `pools.${name}.trigger.scope`,
          message: `${instances.minimum} × ${trigger.scaleOut} = ${number(queue)} > ${trigger.scaleOut} pending before ${name} grows`,
          actual: number(queue),
          limit: number(trigger.scaleOut),
        },
      ]
    })
  },
}
