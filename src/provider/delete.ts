import type { JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { locate, readLive, send } from './api.ts'
import type { Located } from './api.ts'
import { objectKey } from './check.ts'
import { waitUntilGone } from './gone.ts'
import { isRecord, textAt } from './json.ts'
import { annotation, isSameOwner, referenceOf } from './object.ts'
import type { Session } from './session.ts'

export interface DeleteInput {
  urn: string
  outputs: JsonObject
  inputs: JsonObject
  timeoutS: number
}

/** Kinds whose dependents have to be gone first; for all others it would only be a round trip more. */
const owners = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'])
const builtIn = /^v1$|^(apps|batch|policy|autoscaling)\/|\.k8s\.io\//

/** Deletes and waits until the object is gone, whatever `skipAwait` says: a successor may have the same name. */
export async function remove(session: Session, input: DeleteInput): Promise<void> {
  const object = Object.keys(input.inputs).length > 0 ? input.inputs : input.outputs
  // A resource that moved in the program has a new URN: under that one the object goes on.
  const heir = session.wanted.get(objectKey(object))
  if (heir !== undefined && heir !== input.urn) return
  const located = await locate(session, referenceOf(object))
  if (!located) return
  const uid = textAt(input.outputs, 'metadata', 'uid')
  const deleted = await requestDeletion(session, { ...input, located, uid })
  if (deleted === undefined || isFinished(deleted)) return
  await waitUntilGone(session, { urn: input.urn, located, live: deleted, timeoutS: input.timeoutS })
}

interface Deletion extends DeleteInput {
  located: Located
  /** Of the object that the state knows: another one of that name is another object. */
  uid: string | undefined
}

/** The object while it goes, or undefined when there is nothing of ours to delete. */
async function requestDeletion(session: Session, input: Deletion): Promise<JsonObject | undefined> {
  const response = await send(session, {
    method: 'DELETE',
    path: input.located.path,
    body: {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: propagation(input.outputs),
      ...(input.uid === undefined ? {} : { preconditions: { uid: input.uid } }),
    },
  })
  if (response.status === 404) return undefined
  if (response.status === 409 && input.uid !== undefined) return deleteSuccessor(session, input)
  if (response.status !== 200 && response.status !== 202) throw failureOf(response, input.located.reference)
  return isObject(response.body) ? response.body : { kind: 'Status' }
}

/** Somebody made the object anew: ours when it says so, else it is left alone and ours is gone already. */
async function deleteSuccessor(session: Session, input: Deletion): Promise<JsonObject | undefined> {
  const live = await readLive(session, input.located)
  if (!live) return undefined
  if (isSameOwner(live, input.inputs)) return requestDeletion(session, { ...input, uid: undefined })
  session.log.warning(input.urn, 'an object of that name that this stack did not make is left alone')
  return undefined
}

function propagation(object: JsonObject): 'Foreground' | 'Background' | 'Orphan' {
  const wanted = annotation(object, 'pulumi.com/deletionPropagationPolicy')
  if (wanted === 'orphan') return 'Orphan'
  if (wanted === 'background') return 'Background'
  const { apiVersion, kind } = referenceOf(object)
  const mayOwn = owners.has(kind) || !builtIn.test(apiVersion)
  return wanted === 'foreground' || mayOwn ? 'Foreground' : 'Background'
}

function isObject(body: JsonObject): boolean {
  return body['kind'] !== 'Status' && isRecord(body['metadata'])
}

/** Answered with a `Status` the object was removed at once; so it was when no finalizer and no grace keep it. */
function isFinished(body: JsonObject): boolean {
  return !isObject(body) || textAt(body, 'metadata', 'deletionTimestamp') === undefined
}
