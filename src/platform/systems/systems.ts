import { planAffinity } from './affinity/plan.ts'
import { planApi } from './api.ts'
import { planDegradation } from './degradation/plan.ts'
import { planObservability } from './observability/plan.ts'
import { planResilience } from './resilience/plan.ts'
import type { SystemContext, SystemName, SystemPlan, SystemPlanner } from './system-plan.ts'

/** One line per system, in the order of the source document. */
const planners: readonly SystemPlanner[] = [
  planApi,
  planAffinity,
  planResilience,
  planDegradation,
  planObservability,
]

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
    .map(ofKubernetesItself)
}

const builtIn = [
  'v1',
  'apps/v1',
  'autoscaling/v2',
  'batch/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
]

/** Without custom kinds, and without the claims that rest on them: no cluster of ours knows those kinds yet. */
function ofKubernetesItself(plan: SystemPlan): SystemPlan {
  const objects = plan.objects.filter(({ apiVersion }) => builtIn.includes(apiVersion))
  const missing = plan.objects.filter((object) => !objects.includes(object)).map(({ kind }) => kind)
  const fidelity = plan.fidelity.filter((row) => row.objects.every(({ kind }) => !missing.includes(kind)))
  return { ...plan, objects, fidelity }
}
