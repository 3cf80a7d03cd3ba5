import { promisedLossMs } from '../failover.ts'
import type { LintRule } from '../rule.ts'

export const rpo002: LintRule = {
  id: 'IV-RPO-002',
  severity: 'error',
  title: 'Nothing promises a loss of zero over an asynchronous link.',
  document:
    'Scenario 3: no data loss (RPO = 0) when a region fails. Multi-Region Architecture: EU-West is fed asynchronously.',
  resolution: 'The link to EU-West has an objective of its own: 1 min, from the Recovery Objectives.',
  why: 'What was acknowledged and not yet sent is lost with its region, however short the lag.',
  formula: 'replication.mode asynchronous ⇒ promised rpo > 0 s',
  fix: 'give the link an objective above 0 s (replication.rpo), or make it synchronous',
  check(specification) {
    return Object.entries(specification.regions).flatMap(([name, { replication }]) => {
      if (replication?.mode !== 'asynchronous' || promisedLossMs(specification, replication) > 0) return []
      return [
        {
          path: `regions.${name}.replication.rpo`,
          message: `lag of an asynchronous link > 0 s = promised loss: ${replication.from} to ${name} cannot keep it`,
          actual: '0s',
          limit: 'more than 0s',
        },
      ]
    })
  },
}
