import type {
  DisruptionBudgetObject,
  NamespaceObject,
  NetworkPolicyObject,
  PlatformObject,
  PriorityClassObject,
  ServiceAccountObject,
  ServiceObject,
} from './kubernetes.ts'
import type { DeploymentObject } from './pod.ts'
import { resourceName } from './names.ts'
import type { RegionPlan, WorkloadPlan } from './region-plan.ts'
import { waveOf } from './waves.ts'

export type PlannedObject =
  | NamespaceObject
  | PriorityClassObject
  | NetworkPolicyObject
  | ServiceAccountObject
  | ServiceObject
  | DisruptionBudgetObject
  | DeploymentObject
  | PlatformObject

/** Everything that runs in a region: its pools, then the workloads beside them. */
export function workloadsOf(plan: RegionPlan): WorkloadPlan[] {
  return [...plan.pools, ...plan.workloads]
}

/** Every Kubernetes object of a region, wave by wave, so each after what it needs. */
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
    ]),
    ...plan.systems.flatMap(({ objects }) => objects),
  ].toSorted((left, right) => waveOf(left.kind).order - waveOf(right.kind).order)
}

/** The workloads whose count something in the plan decides, as `namespace/name`. */
export function scaledWorkloads(plan: RegionPlan): Set<string> {
  const targets = plan.systems
    .flatMap(({ objects }) => objects)
    .flatMap(({ metadata, spec }) => {
      const { scaleTargetRef: target } = (spec ?? {}) as { scaleTargetRef?: { name: string } }
      return target ? [resourceName({ ...metadata, name: target.name })] : []
    })
  return new Set(targets)
}
