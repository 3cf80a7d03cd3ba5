import type { Cluster, JsonObject, ObjectReference } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
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
 * Gives a new workload its minimum, once: the count through the scale subresource, under a manager of its own, so
 * that no later apply of the stack resets it (an apply that omits a field it owned takes it back: 3 became 1 when
 * tried); then the note. Interrupted between the two, the next run finds the count owned and only adds the note.
 * @returns the workload as it is afterwards, undefined when it is gone, and whether the count was written.
 */
export async function ensureMinimum(cluster: Cluster, pool: PoolPlan, seen: JsonObject): Promise<Ensured> {
  let deployment: JsonObject | undefined = seen
  for (let attempt = 0; deployment !== undefined && attempt < attempts; attempt += 1) {
    const decision = decideMinimum(deployment)
    if (decision === 'leave') return { deployment, isWritten: false }
    if (decision === 'note' || (await writeCount(cluster, pool, deployment))) {
      return { deployment: await note(cluster, pool), isWritten: decision === 'set' }
    }
    deployment = await read(cluster, pool)
  }
  if (deployment === undefined) return { deployment, isWritten: false }
  throw new Failure(
    'OPERATION',
    `Deployment ${pool.namespace}/${pool.workload} changes too fast to set its count`,
    {
      next: 'deploy again: it goes on from here',
      retryable: true,
    },
  )
}

interface Ensured {
  deployment: JsonObject | undefined
  isWritten: boolean
}

/** Each lost race is one change by somebody else; the controllers write a new Deployment's status a few times. */
const attempts = 20
const conflict = 409

/**
 * The apply is forced, since to the server the default of an unset count is somebody's; what keeps it from taking a
 * count that was chosen meanwhile is the resource version. @returns false when the object is no longer as it was.
 */
async function writeCount(cluster: Cluster, pool: PoolPlan, seen: JsonObject): Promise<boolean> {
  const { resourceVersion } = seen['metadata'] as { resourceVersion: string }
  const response = await cluster.request({
    method: 'PATCH',
    path: `${pathOf(pool)}/scale?fieldManager=${scaleFieldManager}&force=true`,
    contentType: applyPatch,
    body: {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: pool.workload, namespace: pool.namespace, resourceVersion },
      spec: { replicas: pool.minimum },
    },
  })
  if (response.status === conflict) return false
  if (response.status >= 300) throw failureOf(response, reference(pool, 'Scale'))
  return true
}

async function note(cluster: Cluster, pool: PoolPlan): Promise<JsonObject> {
  const { workload: name, namespace } = pool
  const response = await cluster.request({
    method: 'PATCH',
    path: `${pathOf(pool)}?fieldManager=${scaleFieldManager}`,
    contentType: applyPatch,
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, annotations: { [annotations.minimumSet]: String(pool.minimum) } },
    },
  })
  if (response.status >= 300) throw failureOf(response, reference(pool, 'Deployment'))
  return response.body
}

/** Undefined when it is gone. */
async function read(cluster: Cluster, pool: PoolPlan): Promise<JsonObject | undefined> {
  const response = await cluster.request({ method: 'GET', path: pathOf(pool) })
  if (response.status === 404) return undefined
  if (response.status >= 300) throw failureOf(response, reference(pool, 'Deployment'))
  return response.body
}

const applyPatch = 'application/apply-patch+yaml'

function pathOf({ namespace, workload }: PoolPlan): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments/${workload}`
}

function reference({ namespace, workload }: PoolPlan, kind: string): ObjectReference {
  return { apiVersion: 'apps/v1', kind, namespace, name: workload }
}
