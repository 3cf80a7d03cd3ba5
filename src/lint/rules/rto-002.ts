import { healthCheckDetectionMs } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const rto002: LintRule = {
  id: 'IV-RTO-002',
  severity: 'error',
  title: 'Whoever starts the recovery knows of the failure before the reconnection begins.',
  document:
    'Session Recovery Protocol: reconnection initiated at T+5 s, and sessions are marked after three failed checks. Sticky Session Configuration: a check every 5 s.',
  resolution: 'recovery.startedBy is client: the browser reconnects without waiting for a health check.',
  why: 'Three checks take up to 15 s, so nothing that waits for them can act at T+5 s.',
  formula:
    'healthCheckInterval × failedHealthChecks ≤ recovery.timeline.reconnectionInitiated, unless the client starts',
  fix: 'let the client start the recovery (recovery.startedBy: client)',
  check(specification) {
    const { recovery, affinity } = specification
    const detection = healthCheckDetectionMs(specification)
    const { reconnectionInitiated } = recovery.timeline
    if (recovery.startedBy === 'client' || detection <= reconnectionInitiated.ms) return []
    const checks = `${affinity.failover.healthCheckInterval.toString()} × ${recovery.failedHealthChecks}`
    return [
      {
        path: 'recovery.startedBy',
        message: `${checks} = ${time(detection)} > ${reconnectionInitiated.toString()}: the reconnection would begin before anybody knows`,
        actual: time(detection),
        limit: reconnectionInitiated.toString(),
      },
    ]
  },
}
