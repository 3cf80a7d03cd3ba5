import { Failure } from '../failure.ts'
import { takesWholeNode } from '../platform/capacity.ts'
import { poolsOfRole } from '../platform/tiers.ts'
import { type Resources, type ShapeName, shapeNames } from '../spec/schema/pool.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { type Amounts, type Filled, type Kind, nodesIn, pack } from './pack.ts'
import type { Parameters } from './parameters.ts'
import type { RegionPool } from './pools.ts'

/** The nodes of one shape in one region, and how well they are used. */
export interface ShapeNodes {
  region: string
  /** Regions that this row stands for. */
  copies: number
  shape: ShapeName
  nodes: number
  /** Of `nodes`: kept idle on purpose. */
  spare: number
  /** Part of the nodes that their scarcest resource uses, 0 to 1. */
  fill: number
  gpus: number
  /** GPUs on these nodes that no instance has, the spare nodes' included. */
  strandedGpus: number
  /** Nodes by pool, or workload, in proportion to what each takes; they add up to `nodes`. */
  byPool: Readonly<Record<string, number>>
}

interface Item extends Kind {
  whole: boolean
}

const gibibyte = 2 ** 30

/** Nodes that were packed before, by everything they were packed from except the specification itself. */
export type Packed = Map<string, Omit<ShapeNodes, 'region' | 'copies'>>

interface NodesInput {
  specification: Specification
  parameters: Parameters
  /** Taken over from other plans of the same specification, and filled for the next. */
  packed?: Packed | undefined
}

export function planNodes(
  { specification, parameters, packed: known = new Map() }: NodesInput,
  regionPools: readonly RegionPool[],
): ShapeNodes[] {
  const { daemonCpu, daemonMemoryGiB, podsPerNodeReserved } = parameters
  const daemons = `${daemonCpu} ${daemonMemoryGiB} ${podsPerNodeReserved}`
  return Object.entries(specification.regions).flatMap(([region, { role, zones }]) => {
    if (poolsOfRole(role).length === 0) return []
    const here = regionPools.filter((row) => row.region === region)
    const [one] = here
    if (!one) return []
    return shapeNames.flatMap((shape) => {
      const items = itemsOf(specification, shape, { here, serves: poolsOfRole(role).length > 1 })
      if (items.length === 0) return []
      const key = `${shape} ${daemons} ${zones.length} ${items.map(({ name, count }) => `${name}=${count}`).join(' ')}`
      const found = known.get(key) ?? packShape({ specification, parameters, shape, items }, zones.length)
      known.set(key, found)
      return [{ region, copies: one.copies, ...found }]
    })
  })
}

/** Pools with their planned instances, and the other workloads at their minimum: no row scales those. */
function itemsOf(
  { pools, workloads }: Specification,
  shape: ShapeName,
  { here, serves }: { here: readonly RegionPool[]; serves: boolean },
): Item[] {
  const scaled = here.flatMap(({ pool, instances }) => {
    const { nodeShape, resources } = pools[pool]
    if (nodeShape !== shape) return []
    return [
      { name: pool, takes: amounts(resources), count: instances, whole: takesWholeNode(pool, pools[pool]) },
    ]
  })
  const fixed = Object.entries(workloads).flatMap(([name, { nodeShape, resources, instances }]) =>
    serves && nodeShape === shape && instances.minimum > 0
      ? [{ name, takes: amounts(resources), count: instances.minimum, whole: resources.gpus > 0 }]
      : [],
  )
  return [...scaled, ...fixed]
}

interface ShapeInput {
  specification: Specification
  parameters: Parameters
  shape: ShapeName
  items: readonly Item[]
}

function packShape(
  { specification, parameters, shape, items }: ShapeInput,
  zones: number,
): Omit<ShapeNodes, 'region' | 'copies'> {
  const { spare, gpus } = specification.nodeShapes[shape]
  const capacity = capacityOf(specification, shape, parameters)
  const plan = Array.from({ length: zones }, (_, zone) => zone).flatMap((zone) => {
    const inZone = items.map((item) => ({ ...item, count: dealt(item.count, zones, zone) }))
    const whole = inZone
      .filter((item) => item.whole)
      .flatMap((item) => packOrRefuse([item], alone(item, capacity), shape))
    return [
      ...whole,
      ...packOrRefuse(
        inZone.filter((item) => !item.whole),
        capacity,
        shape,
      ),
    ]
  })
  const busy = nodesIn(plan)
  const nodes = busy + spare
  const used = total(plan)
  const shares = [0, 1, 2].map((i) => (used[i] ?? 0) / Math.max(1e-12, (capacity[i] ?? 0) * nodes))
  return {
    shape,
    nodes,
    spare,
    fill: Math.max(...shares.filter((_, i) => (capacity[i] ?? 0) > 0), 0),
    gpus: nodes * gpus,
    strandedGpus: nodes * gpus - (used[2] ?? 0),
    byPool: attributed(items, capacity, nodes),
  }
}

/** Instances of a zone when all are dealt out one by one. */
function dealt(count: number, zones: number, zone: number): number {
  return Math.floor(count / zones) + (zone < count % zones ? 1 : 0)
}

/** One instance per node: a single pod is all that the node takes. */
function alone(item: Item, [cpu, memory, gpus]: Amounts): Amounts {
  return [cpu, memory, gpus, item.takes[3]]
}

function packOrRefuse(kinds: readonly Kind[], capacity: Amounts, shape: ShapeName): Filled[] {
  const plan = kinds.length === 0 ? [] : pack(kinds, capacity)
  if (plan) return plan
  throw new Failure(
    'USAGE',
    `${kinds.map(({ name }) => name).join(', ')} does not fit a node of shape "${shape}"`,
    {
      next: `lower its resources, or give nodeShapes.${shape} more`,
    },
  )
}

function capacityOf({ nodeShapes }: Specification, shape: ShapeName, p: Parameters): Amounts {
  const { cpu, memory, gpus, maxPods } = nodeShapes[shape]
  return [
    cpu.amount - p.daemonCpu,
    memory.amount - p.daemonMemoryGiB * gibibyte,
    gpus,
    maxPods - p.podsPerNodeReserved,
  ]
}

function amounts({ cpu, memory, gpus }: Resources): Amounts {
  return [cpu.amount, memory.amount, gpus, 1]
}

function total(plan: readonly Filled[]): number[] {
  return [0, 1, 2].map((i) => plan.reduce((sum, { nodes, used }) => sum + nodes * (used[i] ?? 0), 0))
}

function attributed(items: readonly Item[], capacity: Amounts, nodes: number): Record<string, number> {
  const weight = ({ takes, count }: Item): number =>
    count *
    Math.max(...[0, 1, 2].map((i) => ((capacity[i] ?? 0) > 0 ? (takes[i] ?? 0) / (capacity[i] ?? 1) : 0)))
  const sum = items.reduce((all, item) => all + weight(item), 0)
  return Object.fromEntries(items.map((item) => [item.name, sum > 0 ? (nodes * weight(item)) / sum : 0]))
}
