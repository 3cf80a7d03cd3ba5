import { createHash } from 'node:crypto'
import type { JsonObject } from '../cluster/cluster.ts'
import { textAt } from './json.ts'
import { withoutNoise } from './object.ts'
import { secretPathsIn, wrap } from './values.ts'
import type { Properties } from './values.ts'

/** Keys that the official provider keeps in its states too, so that neither finds anything to migrate. */
const keys = { inputs: '__inputs', apiVersion: '__initialApiVersion', manager: '__fieldManager' } as const
/** Ours: the object was not ready when last seen, so a refresh looks again. */
const notReadyKey = '__notReady'

export interface ObjectState {
  fieldManager: string
  initialApiVersion: string
  notReady?: boolean
}

/**
 * One manager per resource, as the official provider has it, but derived from the resource instead of drawn: a
 * resource whose state was lost takes its object up again under the same manager, and can drop fields from it.
 */
export function fieldManagerFor(urn: string): string {
  return `pulumi-kubernetes-${createHash('sha256').update(urn).digest('hex').slice(0, 8)}`
}

/** What the engine keeps of an object: the object as it is live, and what is needed to go on with it. */
export function stateOf(live: JsonObject, inputs: Properties, state: ObjectState): JsonObject {
  const kept = withoutNoise(live)
  return {
    ...wrap(kept, secretPathsIn(kept, inputs)),
    [keys.inputs]: wrap(inputs.plain, secretPathsIn(inputs.plain, inputs)),
    [keys.apiVersion]: state.initialApiVersion,
    [keys.manager]: state.fieldManager,
    ...(state.notReady ? { [notReadyKey]: true } : {}),
  }
}

export function readState(outputs: JsonObject, urn: string): ObjectState {
  return {
    fieldManager: textAt(outputs, keys.manager) ?? fieldManagerFor(urn),
    initialApiVersion: textAt(outputs, keys.apiVersion) ?? textAt(outputs, 'apiVersion') ?? '',
    notReady: outputs[notReadyKey] === true,
  }
}

/** The live object inside a state. */
export function recordedObject(outputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => !key.startsWith('__')))
}
