import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
import { annotations } from '../names.ts'
import type { Located } from './api.ts'
import { annotation, isSameOwner } from './object.ts'

/** @throws Failure when the object is not provably of the stack that wants it. */
export function refuseForeign(existing: JsonObject, wanted: JsonObject, located: Located): void {
  if (isSameOwner(existing, wanted)) return
  const owner = annotation(existing, annotations.stack)
  const whose = owner === undefined ? 'and carries no sign of this stack' : `and belongs to stack ${owner}`
  throw new Failure('OPERATION', `${objectName(located.reference)}: exists already ${whose}`, {
    next: 'delete it or choose another name; iv takes up only what it made itself',
  })
}
