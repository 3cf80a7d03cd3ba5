import type { Specification } from '../../spec/schema/specification.ts'
import { horizons, mostServers, serversAt } from '../demand.ts'
import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const ring001: LintRule = {
  id: 'IV-RING-001',
  severity: 'error',
  title: 'The hash ring has room for the virtual nodes of every server it will hold.',
  document:
    'Sticky Session Configuration: ring_size 1024, virtual_nodes 150 per server: 6 servers use 900 slots, 7 need 1,050. Growth Projections: 13 servers in Year 1, 63 in Year 2.',
  resolution: 'affinity.ringSlots is 65,537, a prime: room for 436 servers in every region.',
  why: 'A ring per region is full in Year 2 (21 servers each), and in Year 1 already once a region is lost (7 each).',
  formula:
    'affinity.virtualNodesPerServer × servers ≤ affinity.ringSlots, servers = the larger of pools.sfu.instances.maximum and the growth table with one region lost',
  fix: 'raise affinity.ringSlots to a prime such as 65537',
  check(specification) {
    const { ringSlots, virtualNodesPerServer } = specification.affinity
    const servers = mostServers(specification)
    const needed = servers * virtualNodesPerServer
    if (needed <= ringSlots) return []
    return [
      {
        path: 'affinity.ringSlots',
        message: `${number(servers)} × ${virtualNodesPerServer} = ${number(needed)} > ${number(ringSlots)}: the ring holds ${holds(specification)} servers${fullFrom(specification)}`,
        actual: number(needed),
        limit: number(ringSlots),
      },
    ]
  },
}

function holds({ affinity }: Specification): number {
  return Math.floor(affinity.ringSlots / affinity.virtualNodesPerServer)
}

/** The first horizons that do not fit, in normal times and with one region lost. */
function fullFrom(specification: Specification): string {
  const fits = holds(specification)
  const normal = horizons.find((horizon) => serversAt(specification, horizon).normal > fits)
  const lost = horizons.find((horizon) => serversAt(specification, horizon).oneLost > fits)
  const parts = [
    normal && `full in ${normal} (${serversAt(specification, normal).normal} per region)`,
    lost && `in ${lost} with one region lost (${serversAt(specification, lost).oneLost})`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}
