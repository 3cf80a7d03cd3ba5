import { promisesOf } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const reschedule001: LintRule = {
  id: 'IV-RESCHEDULE-001',
  severity: 'error',
  title: 'A new slot is offered only after the recovery that was promised had its time.',
  document:
    'Session Recovery Protocol: 60 seconds before offering reschedule. Scenario 3: DNS failover within 60 s, sessions resume within 2 min.',
  resolution:
    'recovery.offerRescheduleAfterRegionLoss is 2 min; after the loss of a single server it stays 60 s.',
  why: 'A region failover that meets its criteria has by then offered a new slot to nearly everybody.',
  formula: 'recovery.offerRescheduleAfterRegionLoss ≥ session-resume of the scenario that loses a region',
  fix: 'set recovery.offerRescheduleAfterRegionLoss to the time that the drill allows',
  check(specification) {
    const { offerRescheduleAfter, offerRescheduleAfterRegionLoss = offerRescheduleAfter } =
      specification.recovery
    return promisesOf(specification, 'session-resume').flatMap(({ scenario, limitMs }) => {
      if (offerRescheduleAfterRegionLoss.ms >= limitMs) return []
      return [
        {
          path: 'recovery.offerRescheduleAfterRegionLoss',
          message: `${offerRescheduleAfterRegionLoss.toString()} < ${time(limitMs)}: candidates are offered another day while ${scenario} is still in time`,
          actual: offerRescheduleAfterRegionLoss.toString(),
          limit: `at least ${time(limitMs)}`,
        },
      ]
    })
  },
}
