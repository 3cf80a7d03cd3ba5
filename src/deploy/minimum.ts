import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { annotations, scaleFieldManager } from '../names.ts'
import type { PoolPlan } from '../platform/region-plan.ts'

export type MinimumDecision =
  /** A new workload whose count nobody has chosen: give it its minimum. */
  | 'set'
  /** Somebody has chosen a count (an autoscaler, a person, an interrupted run of ours): only note that. */
  | 'note'
  /** Noted before: the count is not ours. */
  | 'leave'

/**
 * What to do about the count of a pool's Deployment. The count may be written only while it is nobody's: as soon as
 * a field manager owns `spec.replicas`, it is theirs for ever. The managers of the stack itself do not count, since
 * the official provider's first write claims even fields that only have their default.
 */
export function decideMinimum(deployment: JsonObject): MinimumDecision {
  const metadata = (deployment['metadata'] ?? {}) as Metadata
  if (metadata.annotations?.[annotations.minimumSet] !== undefined) return 'leave'
  const owned = (metadata.managedFields ?? []).some(
    (entry) =>
      !entry.manager?.startsWith(stackManager) && entry.fieldsV1?.['f:spec']?.['f:replicas'] !== undefined,
  )
  return owned ? 'note' : 'set'
}

interface Metadata {
  annotations?: Record<string, string>
  managedFields?: readonly {
    manager?: string
    fieldsV1?: { 'f:spec'?: Record<string, unknown> }
  }[]
}

/** Both providers name their managers so. */
const stackManager = 'pulumi-kubernetes'

/**
 * Carries out the decision: the count through the scale subresource, under a manager of its own, so that no later
 * apply of the stack resets it (an apply that omits a field it owned takes it back: 3 became 1 when tried); then
 * the note. Interrupted between the two, the next run finds the count owned and only adds the note.
 * @returns whether the count was written.
 */
export async function applyMinimum(
  cluster: Cluster,
  pool: PoolPlan,
  decision: Exclude<MinimumDecision, 'leave'>,
): Promise<boolean> {
  const written = decision === 'set' && (await writeCount(cluster, pool))
  const note = { annotations: { [annotations.minimumSet]: String(pool.minimum) } }
  await apply(cluster, pool, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: note })
  return written
}

/** False when somebody took the count in the meantime: without `force`, the server refuses with 409. */
async function writeCount(cluster: Cluster, pool: PoolPlan): Promise<boolean> {
  const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: pool.minimum } }
  return (await apply(cluster, pool, { ...scale, subresource: 'scale' })) !== conflict
}

const conflict = 409

interface Applied {
  apiVersion: string
  kind: string
  metadata?: Record<string, unknown>
  spec?: Record<string, unknown>
  subresource?: string
}

async function apply(cluster: Cluster, pool: PoolPlan, object: Applied): Promise<number> {
  const { subresource, ...body } = object
  const base = `/apis/apps/v1/namespaces/${pool.namespace}/deployments/${pool.workload}`
  const response = await cluster.request({
    method: 'PATCH',
    path: `${base}${subresource === undefined ? '' : `/${subresource}`}?fieldManager=${scaleFieldManager}`,
    contentType: 'application/apply-patch+yaml',
    body: { ...body, metadata: { ...body.metadata, name: pool.workload, namespace: pool.namespace } },
  })
  if (response.status >= 300 && response.status !== conflict) {
    throw failureOf(response, { ...object, namespace: pool.namespace, name: pool.workload })
  }
  return response.status
}
