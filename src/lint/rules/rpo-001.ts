import { promisesOf, takeover } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const rpo001: LintRule = {
  id: 'IV-RPO-001',
  severity: 'error',
  title: 'The loss allowed for a pair of regions is no more than the drill allows.',
  document:
    'Recovery Objectives: region failure, RPO 1 min. Scenario 3: no data loss (RPO = 0). Multi-Region Architecture: US-West synchronous, EU-West asynchronous.',
  resolution: 'Objectives belong to pairs of regions: 0 s from US-East to US-West, 1 min to EU-West.',
  why: 'One number for every region is either too weak for the drill or impossible for the asynchronous link.',
  formula:
    'replication.rpo (or disasterRecovery.region.rpo) ≤ data-loss of the scenario that loses the region',
  fix: 'set replication.rpo of the region that takes over',
  check(specification) {
    return promisesOf(specification, 'data-loss').flatMap(({ scenario, region, limitMs }) => {
      const pair = takeover(specification, region)
      const rpo = pair?.link?.rpo ?? specification.disasterRecovery.region.rpo
      if (!pair || rpo.ms <= limitMs) return []
      return [
        {
          path: `regions.${pair.target}.replication.rpo`,
          message: `${rpo.toString()} > ${time(limitMs)}: the objective for ${region} to ${pair.target} allows more loss than ${scenario} does`,
          actual: rpo.toString(),
          limit: time(limitMs),
        },
      ]
    })
  },
}
