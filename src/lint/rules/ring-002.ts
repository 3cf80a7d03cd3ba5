import { mostServers } from '../demand.ts'
import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

/** The table of a consistent hash is uneven below this many slots per server (Maglev, NSDI 2016, §3.4). */
const slotsPerServer = 100

export const ring002: LintRule = {
  id: 'IV-RING-002',
  severity: 'warning',
  title: 'The hash ring has enough slots for an even spread.',
  document: 'Sticky Session Configuration: ring_size 1024. Growth Projections: 125 servers in Year 3.',
  resolution: 'affinity.ringSlots is 65,537: at least 1,000 slots per server in Year 3.',
  why: 'Read literally, 150 virtual nodes of 125 servers hashed onto 1,024 positions collide: the fullest server was measured at 16.6 times the mean, and some got nothing.',
  formula: 'affinity.ringSlots ÷ servers ≥ 100',
  fix: 'raise affinity.ringSlots to a prime such as 65537',
  check(specification) {
    const { ringSlots } = specification.affinity
    const servers = mostServers(specification)
    const each = ringSlots / servers
    if (each >= slotsPerServer) return []
    return [
      {
        path: 'affinity.ringSlots',
        message: `${number(ringSlots)} ÷ ${number(servers)} = ${number(each)} slots per server < ${slotsPerServer}: sessions spread unevenly`,
        actual: number(each),
        limit: `at least ${slotsPerServer}`,
      },
    ]
  },
}
