import { healthCheckDetectionMs } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const rto001: LintRule = {
  id: 'IV-RTO-001',
  severity: 'error',
  title: 'A crashed server is noticed and its interviews go on within the objective for one component.',
  document:
    'Recovery Objectives: single component failure, RTO 30 s. Sticky Session Configuration: checks every 5 s, 3 in a row. Session Recovery Protocol: the interview continues at T+25 s.',
  resolution: 'The client starts the recovery (recovery.startedBy) and notices within 5 s: 5 + 25 = 30 s.',
  why: 'The health checks of the document need 15 s before T+0, and 15 + 25 = 40 s. The same document lets the client detect the lost connection, which is faster.',
  formula: 'detection + recovery.timeline.interviewContinues ≤ disasterRecovery.component.rto',
  fix: 'let the client start the recovery (recovery.startedBy: client), or check more often',
  check(specification) {
    const { recovery, disasterRecovery } = specification
    const byClient = recovery.startedBy === 'client'
    const checks = healthCheckDetectionMs(specification)
    const detection = byClient ? (recovery.clientNotices?.ms ?? checks) : checks
    const steps = recovery.timeline.interviewContinues.ms
    const { rto } = disasterRecovery.component
    if (detection + steps <= rto.ms) return []
    const sum = `${time(detection)} + ${time(steps)} = ${time(detection + steps)}`
    return [
      {
        path: byClient ? 'recovery.clientNotices' : 'recovery.startedBy',
        message: `${sum} > ${rto.toString()}: detection and recovery take longer than the objective`,
        actual: time(detection + steps),
        limit: rto.toString(),
      },
    ]
  },
}
