import type { JsonObject } from '../../cluster/cluster.ts'
import { isFailure } from '../../failure.ts'
import { readLive } from '../api.ts'
import type { Located } from '../api.ts'
import { textAt } from '../json.ts'
import { annotation, isSkipAwait } from '../object.ts'
import type { Session } from '../session.ts'
import { follow } from '../follow.ts'
import { podTrouble } from './pods.ts'
import { verdictOf } from './table.ts'

/** As the official provider: what a resource is given when neither it nor its annotations say otherwise. */
const defaultTimeoutS = 600

export interface WaitInput {
  urn: string
  located: Located
  /** As the last write returned it. */
  live: JsonObject
  /** `customTimeouts` of the resource; 0 where there are none. */
  timeoutS: number
}

export interface Waited {
  /** The newest state of the object. */
  live: JsonObject
  /** Undefined when it is ready; else one line that says what is missing. */
  trouble: string | undefined
}

/** Waits until an object is usable, has failed, or its time is over. Writes what it waits for beside the resource. */
export async function waitUntilReady(session: Session, input: WaitInput): Promise<Waited> {
  if (isSkipAwait(input.live) || (await isBoundLater(session, input.live))) {
    return { live: input.live, trouble: undefined }
  }
  const timeoutS = timeoutOf(input.live, input.timeoutS)
  let newest = input.live
  let reason = ''
  try {
    const outcome = await follow(session, { ...input, timeoutS }, (object) => {
      if (object === undefined) return 'it was deleted while waiting'
      newest = object
      const verdict = verdictOf(object)
      if (verdict.state === 'ready') return 'ready'
      reason = verdict.reason
      if (verdict.state === 'failed') return verdict.reason
      session.log.status(input.urn, `waiting: ${reason}`)
      return undefined
    })
    if (outcome === 'ready') return { live: newest, trouble: undefined }
    return { live: newest, trouble: await withPods(session, newest, outcome ?? late(timeoutS, reason)) }
  } catch (error) {
    // The object exists whatever happens now, so the engine has to be told of it: no failure may hide that.
    if (!isFailure(error)) throw error
    return { live: newest, trouble: `${error.message} (${reason})` }
  } finally {
    session.log.status(input.urn, '')
  }
}

function late(timeoutS: number, reason: string): string {
  return `not ready after ${timeoutS} s: ${reason}`
}

async function withPods(session: Session, live: JsonObject, text: string): Promise<string> {
  const pods = await podTrouble(session, live).catch(() => undefined)
  return pods === undefined ? text : `${text}; ${pods}`
}

export function timeoutOf(object: JsonObject, customS: number): number {
  if (customS > 0) return customS
  const annotated = Number(annotation(object, 'pulumi.com/timeoutSeconds'))
  return annotated > 0 ? annotated : defaultTimeoutS
}

/** A volume claim of a class that waits for its first consumer would be waited for in vain. */
async function isBoundLater(session: Session, live: JsonObject): Promise<boolean> {
  if (live['kind'] !== 'PersistentVolumeClaim') return false
  const name = textAt(live, 'spec', 'storageClassName')
  if (name === undefined || name === '') return true
  const reference = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name }
  const path = `/apis/storage.k8s.io/v1/storageclasses/${name}`
  const resource = { plural: 'storageclasses', kind: 'StorageClass', namespaced: false }
  const found = await readLive(session, { reference, resource, path })
  return textAt(found, 'volumeBindingMode') === 'WaitForFirstConsumer'
}
