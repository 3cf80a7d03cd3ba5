import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { locate, readLive } from './api.ts'
import { at, isRecord } from './json.ts'
import { idOf, referenceOf, referenceOfId, withoutNoise } from './object.ts'
import { NotReady } from './partial.ts'
import { liveInputs } from './project.ts'
import { verdictOf } from './readiness/table.ts'
import type { Session } from './session.ts'
import { readState, recordedObject, stateOf } from './state.ts'
import { secretPathsIn, wrap } from './values.ts'
import type { Properties } from './values.ts'

export interface ReadInput {
  urn: string
  id: string
  inputs: Properties
  outputs: Properties
}

export interface Found {
  id: string
  state: JsonObject
  inputs: JsonObject
}

/**
 * The object as it is now, and the program's inputs as they are live. Undefined when it is gone.
 * @throws NotReady for an object that was not ready when last seen and still is not.
 */
export async function read(session: Session, input: ReadInput): Promise<Found | undefined> {
  const known = Object.keys(input.inputs.plain).length > 0
  const reference = known ? referenceOf(input.inputs.plain) : referenceOfId(input.urn, input.id)
  const located = await locate(session, reference)
  const live = located && (await readLive(session, located))
  if (!located || !live) return undefined
  const plain = known ? refreshed(input, live) : imported(live)
  const properties = { plain, secrets: input.inputs.secrets }
  const before = readState(input.outputs.plain, input.urn)
  const verdict = before.notReady ? verdictOf(live) : undefined
  const notReady = verdict !== undefined && verdict.state !== 'ready'
  const found = {
    id: idOf(live),
    inputs: wrap(plain, secretPathsIn(plain, properties)),
    state: stateOf(live, properties, {
      fieldManager: before.fieldManager,
      initialApiVersion: before.initialApiVersion || located.reference.apiVersion,
      notReady,
    }),
  }
  if (!notReady) return found
  throw new NotReady({
    ...found,
    reason: `${objectName(located.reference)}: still not ready: ${verdict.reason}`,
  })
}

function refreshed(input: ReadInput, live: JsonObject): JsonObject {
  const wanted = input.inputs.plain
  const show = (object: JsonObject): JsonObject => withDecoded(withoutNoise(object), wanted)
  return liveInputs(wanted, show(recordedObject(input.outputs.plain)), show(live))
}

/** A Secret's `stringData` is stored encoded in `data`, and never returned: it is compared through there. */
function withDecoded(object: JsonObject, wanted: JsonObject): JsonObject {
  if (object['kind'] !== 'Secret' || !isRecord(wanted['stringData'])) return object
  const decoded = Object.keys(wanted['stringData']).flatMap((key) => {
    const value = at(object, 'data', key)
    return typeof value === 'string' ? [[key, Buffer.from(value, 'base64').toString('utf8')] as const] : []
  })
  return { ...object, stringData: Object.fromEntries(decoded) }
}

const serverFields = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink']

/** For an import there is no program to go by: everything that somebody may have written. */
function imported(live: JsonObject): JsonObject {
  const { status: _status, ...rest } = withoutNoise(live)
  if (!isRecord(rest['metadata'])) return rest
  const written = Object.entries(rest['metadata']).filter(([key]) => !serverFields.includes(key))
  return { ...rest, metadata: Object.fromEntries(written) }
}
