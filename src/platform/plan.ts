import type { Finding } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import { priorityNames } from '../spec/schema/gpu.ts'
import { regionIdentity } from './identity.ts'
import { planNodes } from './nodes.ts'
import type { RegionPlan } from './region-plan.ts'
import { hasTolerance } from './rules/autoscaler.ts'
import { bandFinding } from './rules/band-finding.ts'
import { priorityClass } from './rules/priority-class.ts'
import { tierPlan } from './tier-plan.ts'
import { poolsOfRole, tiersOfRole, workloadsOfRole } from './tiers.ts'
import { workloadPlan } from './workload-plan.ts'

/**
 * Everything that one region needs, as data: the same platform gives the same plan, and nothing outside is asked.
 *
 * @throws {Failure} NOT_FOUND for an unknown region, USAGE for a specification that cannot be placed.
 */
export function planRegion(platform: Platform, region: string): RegionPlan {
  const identity = regionIdentity(platform, region)
  const { priorities, regions } = platform.specification
  const pools = poolsOfRole(identity.role)
  const version = regions[region]?.kubernetesVersion ?? ''
  const findings: Finding[] =
    pools.includes('api') && !hasTolerance(version) ? [bandFinding(region, version)] : []
  return {
    identity,
    nodes: planNodes(platform, region),
    pools: pools.map((name) => workloadPlan(platform, identity, name)),
    workloads: workloadsOfRole(identity.role).map((name) => workloadPlan(platform, identity, name)),
    priorityClasses: priorityNames.map((name) =>
      priorityClass(identity, { name, priority: priorities[name] }),
    ),
    tiers: tiersOfRole(identity.role).map((tier) => tierPlan(platform, identity, tier)),
    findings,
  }
}
