import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import { type NodeShape, type ShapeName, shapeNames } from '../spec/schema/pool.ts'
import { instancesPerNode, roomPerZone, takesWholeNode, type Tenant } from './capacity.ts'
import { regionIdentity } from './identity.ts'
import { nodePlan } from './node.ts'
import type { NodePlan } from './region-plan.ts'
import { poolsOfRole, workloadsOfRole } from './tiers.ts'
import { isPool, sectionOf, type WorkName, workOf } from './work.ts'

/**
 * The machines a region starts with: as many per shape as its pools and workloads need, dealt out over the zones, so that the
 * minimum, a rolling update and a doubling by hand fit while the pods stay spread.
 *
 * @throws {Failure} NOT_FOUND for an unknown region, USAGE for a pool or workload that no node of its shape can hold.
 */
export function planNodes(platform: Platform, region: string): NodePlan[] {
  const identity = regionIdentity(platform, region)
  const { nodeShapes, regions } = platform.specification
  const zones = regions[region]?.zones ?? []
  const names: WorkName[] = [...poolsOfRole(identity.role), ...workloadsOfRole(identity.role)]
  const present = names.map((name): Tenant => ({ name, pool: workOf(platform.specification, name) }))

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
  if (instancesPerNode([{ name, pool }], shape) >= 1) return
  const { cpu, memory, gpus } = pool.resources
  const wanted = `cpu ${cpu.text}, memory ${memory.text}, ${gpus} GPUs`
  throw new Failure(
    'USAGE',
    `${isPool(name) ? 'pool' : 'workload'} "${name}" (${wanted}) does not fit a node of shape "${shapeName}"`,
    {
      next: `lower ${sectionOf(name)}.resources, or give nodeShapes.${shapeName} more`,
    },
  )
}

/**
 * Whole-node pools count for the region, because zones are only preferred there: their minimum, and beside it the
 * shape's spare nodes. Shared nodes count per zone.
 */
function nodesFor(tenants: readonly Tenant[], shape: NodeShape, zones: number): number {
  const exclusive = tenants.filter(({ name, pool }) => takesWholeNode(name, pool))
  const sharing = tenants.filter(({ name, pool }) => !takesWholeNode(name, pool))
  const wholeNodes = exclusive.reduce((sum, { pool }) => sum + pool.instances.minimum, 0)
  const inZone = sharing.reduce((sum, { pool }) => sum + roomPerZone(pool, zones), 0)
  return wholeNodes + zones * Math.ceil(inZone / instancesPerNode(tenants, shape)) + shape.spare
}
