import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const affinity001: LintRule = {
  id: 'IV-AFFINITY-001',
  severity: 'error',
  title: 'An SFU server has a hard cap above its scale-out threshold, and a rule for what comes then.',
  document:
    'Scaling Triggers and Thresholds: scale out above 80 sessions per server, at least 3 servers. Nothing is said of a server that already has more.',
  resolution: 'affinity.maxSessionsPerServer is 120 and whenFull is spill.',
  why: 'At three full servers the loss of one means 3 × 80 ÷ 2 = 120 each, with nothing to stop it there. A cap of 80 itself would stop scaling: an average that cannot pass 80 never asks for a server.',
  formula: 'affinity.maxSessionsPerServer > pools.sfu.trigger.scaleOut, and affinity.whenFull is set',
  fix: 'set affinity.maxSessionsPerServer and affinity.whenFull',
  check({ affinity, pools }) {
    const { instances, trigger } = pools.sfu
    const { maxSessionsPerServer: cap, whenFull } = affinity
    if (cap !== undefined && cap <= trigger.scaleOut) {
      const message = `cap ${number(cap)} ≤ scale-out ${number(trigger.scaleOut)}: the average never passes it, and the pool never grows`
      return [
        {
          path: 'affinity.maxSessionsPerServer',
          message,
          actual: number(cap),
          limit: `more than ${trigger.scaleOut}`,
        },
      ]
    }
    if ((cap !== undefined && whenFull !== undefined) || instances.minimum < 2) return []
    const after = (instances.minimum * trigger.scaleOut) / (instances.minimum - 1)
    return [
      {
        path: cap === undefined ? 'affinity.maxSessionsPerServer' : 'affinity.whenFull',
        message: `${instances.minimum} × ${trigger.scaleOut} ÷ ${instances.minimum - 1} = ${number(after)} > ${trigger.scaleOut} sessions when one server is lost, and ${cap === undefined ? 'no cap' : 'no rule for what is above the cap'}`,
        actual: number(after),
        limit: 'a cap and a rule for what is above it',
      },
    ]
  },
}
