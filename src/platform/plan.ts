import type { ComponentName } from '../crds/component.ts'
import type { Platform } from '../spec/platform.ts'
import { priorityNames } from '../spec/schema/gpu.ts'
import { regionIdentity } from './identity.ts'
import { planNodes } from './nodes.ts'
import type { RegionPlan } from './region-plan.ts'
import { priorityClass } from './rules/priority-class.ts'
import { withoutComponents } from './systems/left-out.ts'
import { planSystems } from './systems/systems.ts'
import { tierPlan } from './tier-plan.ts'
import { poolsOfRole, tiersOfRole, workloadsOfRole } from './tiers.ts'
import { workloadPlan } from './workload-plan.ts'

/**
 * Everything that one region needs, as data: the same platform gives the same plan, and nothing outside is asked.
 *
 * @param without components whose kinds are left out, because the region's cluster lacks them.
 * @throws {Failure} NOT_FOUND for an unknown region, USAGE for a specification that cannot be placed.
 */
export function planRegion(
  platform: Platform,
  region: string,
  without: readonly ComponentName[] = [],
): RegionPlan {
  const identity = regionIdentity(platform, region)
  const { priorities } = platform.specification
  const systems = planSystems({ platform, identity }).map((plan) =>
    withoutComponents(plan, without, identity),
  )
  return {
    identity,
    nodes: planNodes(platform, region),
    pools: poolsOfRole(identity.role).map((name) => workloadPlan(platform, identity, name)),
    workloads: workloadsOfRole(identity.role).map((name) => workloadPlan(platform, identity, name)),
    priorityClasses: priorityNames.map((name) =>
      priorityClass(identity, { name, priority: priorities[name] }),
    ),
    tiers: tiersOfRole(identity.role).map((tier) => tierPlan(platform, identity, tier)),
    systems,
    findings: systems.flatMap(({ findings }) => findings),
  }
}
