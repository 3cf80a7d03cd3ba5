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
import type { RegionPlan, WorkloadPlan } from './region-plan.ts'

export type PlannedObject =
  | NamespaceObject
  | PriorityClassObject
  | NetworkPolicyObject
  | ServiceAccountObject
  | ServiceObject
  | DisruptionBudgetObject
  | DeploymentObject
  | AutoscalerObject

/** Everything that runs in a region: its pools, then the workloads beside them. */
export function workloadsOf(plan: RegionPlan): WorkloadPlan[] {
  return [...plan.pools, ...plan.workloads]
}

/** Every Kubernetes object of a region, each after what it needs. */
export function objectsOf(plan: RegionPlan): PlannedObject[] {
  return [
    ...plan.tiers.map(({ namespace }) => namespace),
    ...plan.priorityClasses,
    ...plan.tiers.flatMap(({ networkPolicies }) => networkPolicies),
    ...workloadsOf(plan).flatMap((work) => [
      work.serviceAccount,
      work.disruptionBudget,
      ...(work.service ? [work.service] : []),
      work.deployment,
      ...(work.autoscaler ? [work.autoscaler] : []),
    ]),
  ]
}
