import { planAffinity } from './affinity/plan.ts'
import { planApi } from './api.ts'
import { planDegradation } from './degradation/plan.ts'
import { planObservability } from './observability/plan.ts'
import { planResilience } from './resilience/plan.ts'
import type { SystemContext, SystemPlan, SystemPlanner } from './system-plan.ts'

/** One line per system, in the order of the source document. */
const planners: readonly SystemPlanner[] = [
  planApi,
  planAffinity,
  planResilience,
  planDegradation,
  planObservability,
]

/** The systems of a region, as far as its role has them. */
export function planSystems(context: SystemContext): SystemPlan[] {
  return planners.map((plan) => plan(context)).filter((plan) => plan !== undefined)
}
