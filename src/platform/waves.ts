export interface Wave {
  /** Waves are applied in ascending order; the gaps leave room. */
  order: number
  name: string
}

const foundation: Wave = { order: 0, name: 'foundation' }
/** Machines on demand, and who may use how many of them. */
const capacity: Wave = { order: 5, name: 'capacity' }
const network: Wave = { order: 10, name: 'network' }
const identity: Wave = { order: 20, name: 'identity' }
/** What pods read when they start. */
const configuration: Wave = { order: 25, name: 'configuration' }
const workloads: Wave = { order: 30, name: 'workloads' }
const scaling: Wave = { order: 40, name: 'scaling' }
/** What looks at the pods or acts on them, and all that nothing waits for. */
const systems: Wave = { order: 50, name: 'systems' }

const waveOfKind: Readonly<Record<string, Wave>> = {
  Namespace: foundation,
  PriorityClass: foundation,
  NodePool: capacity,
  ResourceFlavor: capacity,
  Cohort: capacity,
  WorkloadPriorityClass: capacity,
  NetworkPolicy: network,
  ServiceAccount: identity,
  Role: identity,
  ClusterRole: identity,
  PodDisruptionBudget: identity,
  Service: identity,
  ConfigMap: configuration,
  RoleBinding: configuration,
  ClusterRoleBinding: configuration,
  ClusterQueue: configuration,
  TriggerAuthentication: configuration,
  Deployment: workloads,
  StatefulSet: workloads,
  LocalQueue: configuration,
  HorizontalPodAutoscaler: scaling,
  ScaledObject: scaling,
}

/**
 * The order in which whoever has no dependency graph applies a region: everything that an object waits for in the
 * stack is in an earlier wave.
 */
export function waveOf(kind: string): Wave {
  return waveOfKind[kind] ?? systems
}

/** Whether pods may stand on it: then it is there before any of them. */
export function isBeforeWorkloads(kind: string): boolean {
  return waveOf(kind).order < workloads.order
}
