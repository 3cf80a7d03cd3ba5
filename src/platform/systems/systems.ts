import { planApi } from './api.ts'
import { planResilience } from './resilience/plan.ts'
import type { SystemContext, SystemName, SystemPlan, SystemPlanner } from './system-plan.ts'

/** One line per system, in the order of the source document. */
const planners: readonly SystemPlanner[] = [planApi, planResilience]

/**
 * The systems of a region, as far as its role has them.
 *
 * @param without systems that are left out on purpose: their operators are not in that cluster.
 */
export function planSystems(context: SystemContext, without: readonly SystemName[] = []): SystemPlan[] {
  return planners
    .map((plan) => plan(context))
    .filter((plan) => plan !== undefined)
    .filter(({ name }) => !without.includes(name))
}
