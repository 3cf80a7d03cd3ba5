import type {
  AutoscalerObject,
  DisruptionBudgetObject,
  NamespaceObject,
  NetworkPolicyObject,
  PriorityClassObject,
  ServiceAccountObject,
  ServiceObject,
} from './kubernetes.ts'
import type { DeploymentObject } from './pod.ts'
import type { RegionPlan } from './region-plan.ts'

export type PlannedObject =
  | NamespaceObject
  | PriorityClassObject
  | NetworkPolicyObject
  | ServiceAccountObject
  | ServiceObject
  | DisruptionBudgetObject
  | DeploymentObject
  | AutoscalerObject

/** Every Kubernetes object of a region, each after what it needs. */
export function objectsOf(plan: RegionPlan): PlannedObject[] {
  return [
    ...plan.tiers.map(({ namespace }) => namespace),
    ...plan.priorityClasses,
    ...plan.tiers.flatMap(({ networkPolicies }) => networkPolicies),
    ...plan.pools.flatMap((pool) => [
      pool.serviceAccount,
      pool.disruptionBudget,
      ...(pool.service ? [pool.service] : []),
      pool.deployment,
      ...(pool.autoscaler ? [pool.autoscaler] : []),
    ]),
  ]
}
