import { promisesOf, takeover } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const rto003: LintRule = {
  id: 'IV-RTO-003',
  severity: 'error',
  title: 'The objective for a pair of regions is as strict as the drill that tests it.',
  document:
    'Recovery Objectives: region failure, RTO 15 min. Scenario 3: sessions resume in US-West within 2 min.',
  resolution: 'Objectives belong to pairs of regions: 2 min from US-East to US-West, 15 min everywhere else.',
  why: 'A drill that demands 2 min fails a platform that keeps its objective of 15 min. The stricter number is the gate for the pair it speaks of.',
  formula:
    'replication.rto (or disasterRecovery.region.rto) ≤ session-resume of the scenario that loses the region',
  fix: 'set replication.rto of the region that takes over',
  check(specification) {
    return promisesOf(specification, 'session-resume').flatMap(({ scenario, region, limitMs }) => {
      const pair = takeover(specification, region)
      const rto = pair?.link?.rto ?? specification.disasterRecovery.region.rto
      if (!pair || rto.ms <= limitMs) return []
      return [
        {
          path: `regions.${pair.target}.replication.rto`,
          message: `${rto.toString()} > ${time(limitMs)}: the objective for ${region} to ${pair.target} allows more than ${scenario} does`,
          actual: rto.toString(),
          limit: time(limitMs),
        },
      ]
    })
  },
}
