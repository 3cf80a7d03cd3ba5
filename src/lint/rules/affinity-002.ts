import { mostServers } from '../demand.ts'
import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const affinity002: LintRule = {
  id: 'IV-AFFINITY-002',
  severity: 'warning',
  title: 'The hash is bounded, so that no server is far above the mean.',
  document:
    'Sticky Session Configuration: consistent hashing with 150 virtual nodes. Scaling Triggers and Thresholds: out above 80, in below 40 sessions per server.',
  resolution: 'affinity.maxSessionsPerServer bounds the hash: a full server is passed over on the ring.',
  why: 'A plain ring leaves some servers above 80 while the mean is 62, and needs about a quarter more servers for the same promise (150 instead of 200 at 10,000 sessions, measured).',
  formula:
    'without a cap, fullest ≈ mean × (1 + √(2 ln servers) × √(1 ÷ virtualNodes + 1 ÷ mean)) ≤ pools.sfu.trigger.scaleOut',
  fix: 'bound the hash (affinity.maxSessionsPerServer)',
  check(specification) {
    const { affinity, pools } = specification
    if (affinity.maxSessionsPerServer !== undefined) return []
    const servers = mostServers(specification)
    const mean = pools.sfu.trigger.scaleOut
    const spread = Math.sqrt(1 / affinity.virtualNodesPerServer + 1 / mean)
    const fullest = Math.round(mean * (1 + Math.sqrt(2 * Math.log(servers)) * spread))
    if (fullest <= mean) return []
    return [
      {
        path: 'affinity.maxSessionsPerServer',
        message: `${mean} × (1 + √(2 ln ${servers}) × √(1 ÷ ${affinity.virtualNodesPerServer} + 1 ÷ ${mean})) ≈ ${number(fullest)} > ${mean} sessions on the fullest of ${servers} servers`,
        actual: number(fullest),
        limit: String(mean),
      },
    ]
  },
}
