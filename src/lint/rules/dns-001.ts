import { promisesOf } from '../failover.ts'
import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

/** From the decision until the answer of the name servers has changed, measured. */
const writeMs = 2000

export const dns001: LintRule = {
  id: 'IV-DNS-001',
  severity: 'error',
  title: 'Resolvers forget an address in time for the DNS failover that was promised.',
  document:
    'Scenario 3: DNS failover within 60 s. Sticky Session Configuration: checks every 5 s, 3 in a row. No TTL is stated.',
  resolution: 'recovery.dnsTtl is 10 s: 15 + 2 + 10 = 27 s.',
  why: 'Detection takes 15 s and the change about 2 s, so 43 s are left for caches; and DNS alone does not move open connections.',
  formula:
    'healthCheckInterval × unhealthyAfterChecks + 2 s + recovery.dnsTtl ≤ dns-failover of the scenario',
  fix: 'set recovery.dnsTtl, better to 10s than to the most that fits',
  check(specification) {
    const { affinity, recovery } = specification
    const { healthCheckInterval, unhealthyAfterChecks } = affinity.failover
    const before = healthCheckInterval.ms * unhealthyAfterChecks + writeMs
    return promisesOf(specification, 'dns-failover').flatMap(({ limitMs }) => {
      const left = limitMs - before
      const { dnsTtl } = recovery
      if (dnsTtl && dnsTtl.ms <= left) return []
      const actual = dnsTtl?.toString() ?? 'no TTL'
      return [
        {
          path: 'recovery.dnsTtl',
          message: `${time(limitMs)} − ${time(before)} = ${time(Math.max(left, 0))} for caches, and ${actual} is stated`,
          actual,
          limit: time(Math.max(left, 0)),
        },
      ]
    })
  },
}
