import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
import type { Located } from './api.ts'
import { follow } from './follow.ts'
import { listAt, textAt } from './json.ts'
import { timeoutOf } from './readiness/wait.ts'
import { conditionOf } from './readiness/conditions.ts'
import type { Session } from './session.ts'

export interface GoneInput {
  urn: string
  located: Located
  live: JsonObject
  timeoutS: number
}

/**
 * Waits until an object, or its successor of the same name, is no longer the one that was deleted.
 * @throws Failure naming the finalizers when it is still there in the end.
 */
export async function waitUntilGone(session: Session, input: GoneInput): Promise<void> {
  const timeoutS = timeoutOf(input.live, input.timeoutS)
  const uid = textAt(input.live, 'metadata', 'uid')
  let newest = input.live
  const outcome = await follow(session, { ...input, timeoutS }, (object) => {
    if (object === undefined || textAt(object, 'metadata', 'uid') !== uid) return 'gone'
    newest = object
    session.log.status(input.urn, `waiting: ${holdUp(object)}`)
    return undefined
  }).finally(() => session.log.status(input.urn, ''))
  if (outcome === 'gone') return
  throw new Failure(
    'OPERATION',
    `${objectName(input.located.reference)}: still there ${timeoutS} s after its deletion: ${holdUp(newest)}`,
    { next: 'let their controllers finish, or remove the finalizers by hand if those are gone' },
  )
}

function holdUp(object: JsonObject): string {
  const remaining = conditionOf(object, 'NamespaceContentRemaining')
  if (remaining?.status === 'True') return remaining.message
  const finalizers = [...listAt(object, 'metadata', 'finalizers'), ...listAt(object, 'spec', 'finalizers')]
  const foreign = finalizers.filter((finalizer) => !own.has(finalizer))
  if (foreign.length > 0) return `finalizers ${foreign.join(', ')} hold it`
  return finalizers.length > 0 ? 'what it holds is being deleted' : 'being deleted'
}

/** The server's own: they say that dependents or contents go first, and nobody should remove them by hand. */
const own: ReadonlySet<unknown> = new Set([
  'kubernetes',
  'foregroundDeletion',
  'customresourcecleanup.apiextensions.k8s.io',
])
