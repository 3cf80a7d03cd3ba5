import type { Specification } from '../../spec/schema/specification.ts'
import { horizons, largestShares, type Horizon } from '../demand.ts'
import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const gpu002: LintRule = {
  id: 'IV-GPU-002',
  severity: 'error',
  title: 'The GPU nodes that remain after the loss of a region carry all interviews.',
  document:
    'Growth Projections: 200 nodes for 5,000 interviews in Year 2. Multi-Region Architecture: three regions. GPU Pool Management: of every four GPUs two are for real time.',
  resolution:
    'gpu.partition.lendOnRegionLoss: mixed and batch GPUs serve interviews while a region is lost, 25 × 4 ÷ 2 = 50 per node; 37.5 are needed.',
  why: 'Of 200 nodes 133 remain, 37.5 interviews each. Either a node can carry that, or 300 nodes are needed.',
  formula:
    'peak ÷ (gpuNodes × share of the other regions) ≤ gpu.nodeInterviews × (4 ÷ realTimeGpus where GPUs are lent)',
  fix: 'lend batch GPUs while a region is lost (gpu.partition.lendOnRegionLoss), or plan more nodes',
  check(specification) {
    if (Object.keys(specification.regions).length < 2) return []
    const worst = horizons
      .map((horizon) => loaded(specification, horizon))
      .filter(({ needed, carried }) => needed > carried)
      .reduce<Loaded | undefined>((most, one) => (most && most.needed >= one.needed ? most : one), undefined)
    if (!worst) return []
    const { horizon, peak, nodes, remaining, needed, carried } = worst
    const wanted = Math.ceil(peak / carried / remaining)
    return [
      {
        path: 'gpu.partition.lendOnRegionLoss',
        message: `${number(peak)} ÷ (${number(nodes)} × ${number(remaining * 100)} %) = ${number(needed)} > ${number(carried)} interviews per node in ${horizon} with one region lost: ${number(wanted)} nodes would do`,
        actual: number(needed),
        limit: number(carried),
      },
    ]
  },
}

interface Loaded {
  horizon: Horizon
  peak: number
  nodes: number
  remaining: number
  needed: number
  carried: number
}

function loaded(specification: Specification, horizon: Horizon): Loaded {
  const { gpu, growth } = specification
  const { peakConcurrentInterviews: peak, gpuNodes: nodes } = growth[horizon]
  const remaining = 1 - largestShares(specification).lost
  const { realTimeGpus, mixedGpus, batchGpus, lendOnRegionLoss } = gpu.partition
  const lent =
    lendOnRegionLoss && realTimeGpus > 0 ? (realTimeGpus + mixedGpus + batchGpus) / realTimeGpus : 1
  const carried = (gpu.nodeInterviews ?? peak / nodes) * lent
  return { horizon, peak, nodes, remaining, needed: peak / (nodes * remaining), carried }
}
