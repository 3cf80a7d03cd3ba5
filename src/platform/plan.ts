import type { Platform } from '../spec/platform.ts'
import type { PoolName } from '../spec/schema/pool.ts'
import { regionIdentity } from './identity.ts'
import { imageOf } from './image.ts'
import { namespaceName } from './names.ts'
import { planNodes } from './nodes.ts'
import type { PoolPlan, RegionIdentity, RegionPlan } from './region-plan.ts'
import { poolsOfRole, tierOf } from './tiers.ts'

/**
 * Everything that one region needs, as data: the same platform gives the same plan, and nothing outside is asked.
 *
 * @throws {Failure} NOT_FOUND for an unknown region, USAGE for a specification that cannot be placed.
 */
export function planRegion(platform: Platform, region: string): RegionPlan {
  const identity = regionIdentity(platform, region)
  return {
    identity,
    nodes: planNodes(platform, region),
    pools: poolsOfRole(identity.role).map((name) => poolPlan(platform, identity, name)),
  }
}

function poolPlan(platform: Platform, identity: RegionIdentity, name: PoolName): PoolPlan {
  const pool = platform.specification.pools[name]
  return {
    name,
    namespace: namespaceName(identity.platform, tierOf(name)),
    workload: name,
    nodeShape: pool.nodeShape,
    minimum: pool.instances.minimum,
    maximum: pool.instances.maximum,
    image: imageOf(platform, name),
    startup: pool.startup,
  }
}
