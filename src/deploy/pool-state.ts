import type { JsonObject } from '../cluster/cluster.ts'
import type { PoolPlan } from '../platform/region-plan.ts'

export interface PoolState {
  name: string
  namespace: string
  /** What its autoscaler, a person or the minimum asks for. */
  desired: number
  ready: number
  /** Every instance wanted is there, ready and of the latest revision. */
  isReady: boolean
  /** Why not, in the words of the Deployment's own conditions. */
  reason: string | undefined
}

interface Status {
  observedGeneration?: number
  replicas?: number
  readyReplicas?: number
  updatedReplicas?: number
  conditions?: readonly { type: string; status: string; reason?: string; message?: string }[]
}

interface Deployment {
  metadata?: { generation?: number }
  spec?: { replicas?: number }
  status?: Status
}

const nothingYet = { observedGeneration: 0, replicas: 0, readyReplicas: 0, updatedReplicas: 0 }

/** How far a pool's Deployment is; a missing one stands at 0 of its minimum. */
export function poolState(pool: PoolPlan, object: JsonObject | undefined): PoolState {
  const { name, namespace } = pool
  if (object === undefined) {
    return { name, namespace, desired: pool.minimum, ready: 0, isReady: false, reason: 'not deployed' }
  }
  const { metadata, spec, status } = object as Deployment
  const desired = spec?.replicas ?? 1
  const now = { ...nothingYet, ...status }
  const isReady = now.observedGeneration >= (metadata?.generation ?? 0) && isComplete(now, desired)
  const reason = isReady ? undefined : reasonOf(status?.conditions)
  return { name, namespace, desired, ready: now.readyReplicas, isReady, reason }
}

/** Every instance is of the latest revision and ready, and none of an older one is left. */
function isComplete(now: typeof nothingYet, desired: number): boolean {
  return now.updatedReplicas >= desired && now.readyReplicas >= desired && now.replicas <= desired
}

function reasonOf(conditions: Status['conditions'] = []): string | undefined {
  const failing =
    conditions.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True') ??
    conditions.find((condition) => condition.type === 'Progressing' && condition.status === 'False') ??
    conditions.find((condition) => condition.type === 'Available' && condition.status === 'False')
  return failing?.message ?? failing?.reason
}
