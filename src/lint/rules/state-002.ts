import { promisedLossMs } from '../failover.ts'
import type { LintRule } from '../rule.ts'

export const state002: LintRule = {
  id: 'IV-STATE-002',
  severity: 'error',
  title: 'Sessions that may lose nothing are not resumed from Redis.',
  document:
    'Session Recovery Protocol: the new server retrieves session state from Redis. Scenario 3: no data loss (RPO = 0).',
  resolution:
    'recovery.stateFrom is database: each complete exchange is committed there, and Redis is a cache that can be rebuilt.',
  why: 'Redis replicates asynchronously between regions, so an acknowledged write can be lost; the database link to US-West is synchronous.',
  formula: 'promised rpo of a link is 0 s ⇒ recovery.stateFrom is database',
  fix: 'commit every exchange to the database (recovery.stateFrom: database)',
  check(specification) {
    if (specification.recovery.stateFrom === 'database') return []
    const strict = Object.entries(specification.regions).flatMap(([name, { replication }]) =>
      replication && promisedLossMs(specification, replication) === 0
        ? [`${replication.from} to ${name}`]
        : [],
    )
    if (strict.length === 0) return []
    return [
      {
        path: 'recovery.stateFrom',
        message: `lag of Redis between regions > 0 s = promised loss (${strict.join(', ')})`,
        actual: 'redis',
        limit: 'database',
      },
    ]
  },
}
