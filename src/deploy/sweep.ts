import type { Cluster, JsonObject, ObjectReference } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { annotations } from '../names.ts'

interface Metadata {
  name?: string
  namespace?: string
  uid?: string
  annotations?: Record<string, string>
}

/**
 * Deletes the objects among `candidates` that exist and that their own annotation proves to be of the same stack:
 * what a cut run made and never recorded. Those in a namespace that is gone are gone with it.
 */
export async function sweep(candidates: readonly JsonObject[], cluster: Cluster): Promise<void> {
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
  }
}

function metadataOf(object: JsonObject): Metadata {
  return object['metadata'] ?? {}
}
