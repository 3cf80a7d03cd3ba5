import type { Specification } from '../spec/schema/specification.ts'
import type { Demand } from './growth.ts'
import type { ShapeNodes } from './nodes.ts'
import type { Parameters } from './parameters.ts'
import type { PoolFigures, RegionPool } from './pools.ts'

/** Something that more instances do not widen. */
export interface Limit {
  id: string
  what: string
  wanted: number
  limit: number
  /** Wanted over limit: the largest breaks first as demand grows. */
  use: number
  /** Null for a limit of the whole platform. */
  region: string | null
  /** Concurrent interviews at which it is reached, if everything grows in proportion. */
  reachedAtPeak: number
}

export interface LimitsInput {
  specification: Specification
  parameters: Parameters
  demand: Demand
  pools: readonly PoolFigures[]
  nodes: readonly ShapeNodes[]
  gpu: { needed: number; quota: number | undefined }
}

/** Every limit with its use, the first bottleneck first. Names decide between equals, so that the order is stable. */
export function limitsOf(input: LimitsInput): Limit[] {
  const { gpu, demand } = input
  const quota =
    gpu.quota === undefined
      ? []
      : [{ id: 'IV-GPU-001', what: 'GPU nodes granted', wanted: gpu.needed, limit: gpu.quota, region: null }]
  return [...ring(input), ...quota, ...connections(input), ...addresses(input), ...shapes(input)]
    .map((row) => ({
      ...row,
      use: row.wanted / row.limit,
      reachedAtPeak: Math.floor((demand.peakConcurrentInterviews * row.limit) / Math.max(1, row.wanted)),
    }))
    .toSorted((left, right) => right.use - left.use || (left.id < right.id ? -1 : 1))
}

type Raw = Omit<Limit, 'use' | 'reachedAtPeak'>

function ring({ pools, parameters }: LimitsInput): Raw[] {
  const row = largest(pools, 'sfu', ({ surviveFloor }) => surviveFloor)
  if (!row) return []
  const wanted = row.surviveFloor * parameters.virtualNodes
  return [
    { id: 'IV-RING-001', what: 'hash ring slots', wanted, limit: parameters.ringSlots, region: row.region },
  ]
}

function connections({ pools, parameters, specification }: LimitsInput): Raw[] {
  const { conductor } = specification.workloads
  const api = largest(pools, 'api', ({ instances }) => instances)
  const evaluation = largest(pools, 'evaluation', ({ instances }) => instances)
  if (!api) return []
  const instances = api.instances + (evaluation?.instances ?? 0) + conductor.instances.minimum
  return [
    {
      id: 'IV-DATABASE-001',
      what: 'database connections',
      wanted: instances * parameters.connectionsPerInstance,
      limit: parameters.databaseConnections,
      region: api.region,
    },
  ]
}

function addresses({ nodes, parameters }: LimitsInput): Raw[] {
  const byRegion = [...Map.groupBy(nodes, ({ region }) => region)]
  const counted = byRegion.map(([region, rows]) => ({
    region,
    count: rows.reduce((all, row) => all + row.nodes, 0),
  }))
  const most = counted.toSorted((left, right) => right.count - left.count)[0]
  if (!most) return []
  return [
    {
      id: 'IV-ADDRESS-001',
      what: 'addresses for nodes',
      wanted: most.count,
      limit: parameters.nodeAddresses,
      region: most.region,
    },
  ]
}

/** Node shapes with a limit of their own, each in the region that wants most of it. */
function shapes({ nodes, specification }: LimitsInput): Raw[] {
  return Object.entries(specification.nodeShapes).flatMap(([shape, { maximum }]) => {
    if (maximum === undefined) return []
    const most = nodes
      .filter((row) => row.shape === shape)
      .toSorted((left, right) => right.nodes - left.nodes)[0]
    if (!most) return []
    const what = `nodes of shape ${shape}`
    return [{ id: 'IV-NODES-001', what, wanted: most.nodes, limit: maximum, region: most.region }]
  })
}

function largest(
  pools: readonly PoolFigures[],
  name: string,
  size: (row: RegionPool) => number,
): RegionPool | undefined {
  const rows = pools.find(({ pool }) => pool === name)?.regions ?? []
  return rows.toSorted((left, right) => size(right) - size(left))[0]
}
