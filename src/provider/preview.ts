import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { applied, apply, describeConflict, immutableFields } from './apply.ts'
import { locate, readLive } from './api.ts'
import type { Located } from './api.ts'
import { plannedKind, plannedNamespace } from './check.ts'
import { referenceOf } from './object.ts'
import { refuseForeign } from './ownership.ts'
import type { Session } from './session.ts'
import { fieldManagerFor, stateOf } from './state.ts'
import type { Properties } from './values.ts'
import { hasUnknowns } from './values.ts'
import type { CreateInput, Written } from './written.ts'

/** What a create would give, by a dry run where the server can answer one. */
export async function previewCreate(session: Session, input: CreateInput): Promise<Written> {
  const body = input.inputs.plain
  const guess = { id: '', state: predicted(input, body) }
  const located = await locatePlanned(session, input)
  if (!located || hasUnknowns(body)) return guess
  const existing = await readLive(session, located)
  if (existing) refuseForeign(existing, body, located)
  const write = { located, body, fieldManager: fieldManagerFor(input.urn), dryRun: true }
  const response = await apply(session, write)
  if (response.status === 404) {
    warnOfNamespace(session, input.urn, located)
    return guess
  }
  // Of a replacement the old object is still there, and refuses what the new one will be given.
  if (existing && (immutableFields(response) || describeConflict(response))) return guess
  return { id: '', state: predicted(input, applied(response, write)) }
}

export interface UpdatePreview {
  urn: string
  located: Located
  inputs: Properties
  body: JsonObject
  fieldManager: string
}

/**
 * What an update would give. A conflict is a warning here and an error in the update itself: the preview can still
 * tell all the other changes, and the change of another manager is one of them.
 */
export async function previewUpdate(session: Session, input: UpdatePreview): Promise<JsonObject> {
  const state = { fieldManager: input.fieldManager, initialApiVersion: input.located.reference.apiVersion }
  if (hasUnknowns(input.body)) return stateOf(input.body, input.inputs, state)
  const write = { ...input, dryRun: true }
  const response = await apply(session, write)
  const conflict = describeConflict(response)
  if (conflict === undefined) return stateOf(applied(response, write), input.inputs, state)
  session.log.warning(
    input.urn,
    `${objectName(input.located.reference)}: ${conflict}; a deploy will refuse to overwrite it`,
  )
  return stateOf(input.body, input.inputs, state)
}

function predicted(input: CreateInput, object: JsonObject): JsonObject {
  return stateOf(object, input.inputs, {
    fieldManager: fieldManagerFor(input.urn),
    initialApiVersion: referenceOf(object).apiVersion,
  })
}

async function locatePlanned(session: Session, input: CreateInput): Promise<Located | undefined> {
  const reference = referenceOf(input.inputs.plain)
  const located = await locate(session, reference)
  const [group = ''] = reference.apiVersion.split('/')
  if (!located && !session.planned.has(plannedKind(group, reference.kind))) {
    session.log.warning(
      input.urn,
      `${objectName(reference)}: neither the server nor this stack has kind ${reference.kind} in ${reference.apiVersion}`,
    )
  }
  return located
}

function warnOfNamespace(session: Session, urn: string, located: Located): void {
  const { namespace = '' } = located.reference
  if (session.planned.has(plannedNamespace(namespace))) return
  session.log.warning(
    urn,
    `${objectName(located.reference)}: neither the cluster nor this stack has namespace ${namespace}`,
  )
}
