import type { PlannedObject } from './objects.ts'

export interface Wave {
  /** Waves are applied in ascending order; the gaps leave room. */
  order: number
  name: string
}

const foundation: Wave = { order: 0, name: 'foundation' }
const network: Wave = { order: 10, name: 'network' }
const identity: Wave = { order: 20, name: 'identity' }
const workloads: Wave = { order: 30, name: 'workloads' }
const scaling: Wave = { order: 40, name: 'scaling' }

const waveOfKind: Readonly<Record<PlannedObject['kind'], Wave>> = {
  Namespace: foundation,
  PriorityClass: foundation,
  NetworkPolicy: network,
  ServiceAccount: identity,
  PodDisruptionBudget: identity,
  Service: identity,
  Deployment: workloads,
  HorizontalPodAutoscaler: scaling,
}

/**
 * The order in which whoever has no dependency graph applies a region: everything that an object waits for in the
 * stack is in an earlier wave.
 */
export function waveOf(kind: PlannedObject['kind']): Wave {
  return waveOfKind[kind]
}
