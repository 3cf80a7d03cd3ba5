import type { JsonObject } from '../cluster/cluster.ts'
import { applied, apply, takeOver } from './apply.ts'
import { locate, noSuchKind, readLive } from './api.ts'
import { finish } from './finish.ts'
import { at, withValue } from './json.ts'
import { referenceOf } from './object.ts'
import type { Path } from './path.ts'
import { previewUpdate } from './preview.ts'
import type { Session } from './session.ts'
import { readState } from './state.ts'
import type { Properties } from './values.ts'

export interface UpdateInput {
  urn: string
  outputs: JsonObject
  inputs: Properties
  ignoreChanges: readonly Path[]
  timeoutS: number
  preview: boolean
}

/** Applies the program's fields under the resource's own manager. An object deleted meanwhile is made again. */
export async function update(session: Session, input: UpdateInput): Promise<JsonObject> {
  const reference = referenceOf(input.inputs.plain)
  const located = await locate(session, reference)
  if (!located) throw noSuchKind(reference)
  const { fieldManager, initialApiVersion } = readState(input.outputs, input.urn)
  const live = await readLive(session, located)
  const body = live ? withIgnored(input.inputs.plain, live, input.ignoreChanges) : input.inputs.plain
  if (input.preview) return previewUpdate(session, { ...input, located, body, fieldManager })
  const write = { located, body, fieldManager, dryRun: false }
  if (live) await takeOver(session, write, live)
  const written = applied(await apply(session, write), write)
  const { state } = await finish(session, {
    ...input,
    located,
    live: written,
    fieldManager,
    initialApiVersion,
  })
  return state
}

/**
 * Fields that the program leaves to others go out with their live value: left out, a field that this manager once
 * applied would be reset; with the recorded value, somebody's change would be undone.
 */
function withIgnored(body: JsonObject, live: JsonObject, ignored: readonly Path[]): JsonObject {
  return ignored
    .filter((path) => !path.includes('*'))
    .reduce((result, path) => withValue(result, path, at(live, ...path)) as JsonObject, body)
}
