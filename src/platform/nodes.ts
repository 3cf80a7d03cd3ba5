import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import { type NodeShape, type Pool, type PoolName, type ShapeName, shapeNames } from '../spec/schema/pool.ts'
import { instancesPerNode, roomFor, takesWholeNode } from './capacity.ts'
import { regionIdentity } from './identity.ts'
import { nodePlan } from './node.ts'
import type { NodePlan } from './region-plan.ts'
import { poolsOfRole } from './tiers.ts'

interface Tenant {
  name: PoolName
  pool: Pool
}

/**
 * The machines a region starts with: as many per shape as its pools need, dealt out over the zones, so that the
 * minimum, a rolling update and a doubling by hand fit while the pods stay spread.
 *
 * @throws {Failure} NOT_FOUND for an unknown region, USAGE for a pool that no node of its shape can hold.
 */
export function planNodes(platform: Platform, region: string): NodePlan[] {
  const identity = regionIdentity(platform, region)
  const { pools, nodeShapes, regions } = platform.specification
  const zones = regions[region]?.zones ?? []
  const present = poolsOfRole(identity.role).map((name): Tenant => ({ name, pool: pools[name] }))

  return shapeNames.flatMap((name) => {
    const shape = nodeShapes[name]
    const tenants = present.filter(({ pool }) => pool.nodeShape === name)
    if (tenants.length === 0) return []
    for (const tenant of tenants) requireFit(tenant, name, shape)
    return Array.from({ length: nodesFor(tenants, shape, zones.length) }, (_, index) =>
      nodePlan({ identity, name, shape, index, zone: zones[index % zones.length] ?? region }),
    )
  })
}

function requireFit({ name, pool }: Tenant, shapeName: ShapeName, shape: NodeShape): void {
  if (instancesPerNode(name, pool, shape) >= 1) return
  const { cpu, memory, gpus } = pool.resources
  const wanted = `cpu ${cpu.text}, memory ${memory.text}, ${gpus} GPUs`
  throw new Failure('USAGE', `pool "${name}" (${wanted}) does not fit a node of shape "${shapeName}"`, {
    next: `lower pools.${name}.resources, or give nodeShapes.${shapeName} more`,
  })
}

/** Whole-node pools count for the region, because zones are only preferred there; shared nodes count per zone. */
function nodesFor(tenants: readonly Tenant[], shape: NodeShape, zones: number): number {
  const exclusive = tenants.filter(({ name, pool }) => takesWholeNode(pool, name))
  const sharing = tenants.filter(({ name, pool }) => !takesWholeNode(pool, name))
  const wholeNodes = exclusive.reduce((sum, { name, pool }) => sum + roomFor(name, pool), 0)
  return wholeNodes + nodesPerZone(sharing, shape, zones) * zones + shape.spare
}

/**
 * Nodes that hold one zone's share of all pools in whatever order the scheduler places them. It fails to place a
 * pod only when on every node some resource has less left than the largest pod wants, so the nodes are as many as
 * it takes to rule that out; a shape with a single pool is counted exactly.
 */
function nodesPerZone(tenants: readonly Tenant[], shape: NodeShape, zones: number): number {
  const shares = tenants.map(({ name, pool }) => ({
    name,
    pool,
    share: Math.ceil(roomFor(name, pool) / zones),
  }))
  const [only, ...others] = shares
  if (!only) return 0
  if (others.length === 0) return Math.ceil(only.share / instancesPerNode(only.name, only.pool, shape))
  const separate = shares.reduce(
    (sum, { name, pool, share }) => sum + Math.ceil(share / instancesPerNode(name, pool, shape)),
    0,
  )
  const resources = ['cpu', 'memory'] as const
  const mixed = resources.reduce((nodes, resource) => {
    const largest = Math.max(...shares.map(({ pool }) => pool.resources[resource].amount))
    const total = shares.reduce((sum, { pool, share }) => sum + pool.resources[resource].amount * share, 0)
    const usable = shape[resource].amount - largest
    return nodes + (usable > 0 ? total / usable : separate)
  }, 0)
  return Math.max(separate, Math.floor(mixed) + 1)
}
