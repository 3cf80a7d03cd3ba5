import type { Cluster, JsonObject, ObjectReference } from '../cluster/cluster.ts'
import { failureOf, objectName } from '../cluster/errors.ts'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { annotations } from '../names.ts'
import { poll } from '../poll.ts'

interface Metadata {
  name?: string
  namespace?: string
  uid?: string
  annotations?: Record<string, string>
}

/** Namespaces take their contents along first. */
const goneWithinMs = 120_000
const lookAgainMs = 200

interface Deleted {
  reference: ObjectReference
  path: string
  uid: string | undefined
}

/**
 * Deletes the objects among `candidates` that exist and that their own annotation proves to be of the same stack:
 * what a cut run made and never recorded. Those in a namespace that is gone are gone with it. Returns when they are
 * gone, as every other deletion does.
 * @throws Failure `OPERATION` for an object that is refused, `TIMEOUT` for one that something keeps.
 */
export async function sweep(
  candidates: readonly JsonObject[],
  cluster: Cluster,
  c: Pick<Collaborators, 'clock' | 'signal'>,
): Promise<void> {
  const swept: Deleted[] = []
  for (const candidate of candidates) {
    const { name, namespace, annotations: notes } = metadataOf(candidate)
    const { apiVersion, kind } = candidate as { apiVersion: string; kind: string }
    const reference: ObjectReference = { apiVersion, kind, name, namespace }
    const path = await cluster.pathOf(reference)
    const live = path === undefined ? undefined : await cluster.request({ method: 'GET', path })
    if (path === undefined || live?.status !== 200) continue
    const { uid, annotations: found } = metadataOf(live.body)
    const owner = notes?.[annotations.stack]
    if (owner === undefined || found?.[annotations.stack] !== owner) continue
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid } }
    const deleted = await cluster.request({ method: 'DELETE', path, body })
    if (deleted.status >= 300 && deleted.status !== 404 && deleted.status !== 409)
      throw failureOf(deleted, reference)
    swept.push({ reference, path, uid })
  }
  for (const each of swept) await untilGone(each, cluster, c)
}

async function untilGone(
  { reference, path, uid }: Deleted,
  cluster: Cluster,
  { clock, signal }: Pick<Collaborators, 'clock' | 'signal'>,
): Promise<void> {
  const isGone = async (): Promise<true | undefined> => {
    const { status, body } = await cluster.request({ method: 'GET', path })
    return status === 404 || metadataOf(body).uid !== uid || undefined
  }
  if (await poll(isGone, { clock, signal, everyMs: lookAgainMs, withinMs: goneWithinMs })) return
  throw new Failure('TIMEOUT', `${objectName(reference)} is still there after ${goneWithinMs / 1000} s`, {
    next: 'look at its finalizers, then run the same command again',
    retryable: true,
  })
}

function metadataOf(object: JsonObject): Metadata {
  return object['metadata'] ?? {}
}
