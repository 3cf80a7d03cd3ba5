import type { JsonObject } from '../cluster/cluster.ts'
import { apply, immutableFields } from './apply.ts'
import { locate } from './api.ts'
import { changesBetween } from './compare.ts'
import type { Change } from './compare.ts'
import { isIdentity, needsReplacement } from './immutable.ts'
import { referenceOf } from './object.ts'
import { parsePath, startsWith } from './path.ts'
import type { Path } from './path.ts'
import type { Session } from './session.ts'
import { readState } from './state.ts'
import { hasUnknowns } from './values.ts'

export interface DiffInput {
  urn: string
  /** Taken apart only when it is needed: most differences are none, and a state is large. */
  outputs: () => JsonObject
  before: JsonObject
  after: JsonObject
  ignoreChanges: readonly Path[]
}

export interface Difference {
  changes: readonly (Change & { replace: boolean })[]
  /** Names are fixed, so the old object has to go first, unless the new one has another name or place. */
  deleteBeforeReplace: boolean
}

/**
 * What an update would change, by comparing what the program said last (after a refresh: what is live of it) with
 * what it says now. The server is asked, by a dry run, only where something differs and the table of immutable
 * fields does not already tell: some kinds have rules of their own.
 */
export async function difference(session: Session, input: DiffInput): Promise<Difference> {
  const found = changesBetween(input.before, input.after).filter(
    ({ path }) => !input.ignoreChanges.some((ignored) => startsWith(path, ignored)),
  )
  const { apiVersion, kind } = referenceOf(input.before)
  const object = { apiVersion, kind, immutable: input.before['immutable'] === true }
  const changes = found.map((change) => ({
    ...change,
    replace: needsReplacement(object, change.path, session.settings.mutability),
  }))
  const settled = changes.length === 0 || changes.some(({ replace }) => replace) || hasUnknowns(input.after)
  const refused = settled ? undefined : await refusedFields(session, input)
  return {
    changes: refused === undefined ? changes : blame(changes, refused),
    deleteBeforeReplace: !changes.some(({ path }) => isIdentity(path)),
  }
}

async function refusedFields(session: Session, input: DiffInput): Promise<readonly Path[] | undefined> {
  const located = await locate(session, referenceOf(input.after))
  if (!located) return undefined
  const { fieldManager } = readState(input.outputs(), input.urn)
  const response = await apply(session, { located, body: input.after, fieldManager, dryRun: true })
  return immutableFields(response)?.map(parsePath)
}

/** The changes under the fields that the server blames, or all where it blames none of ours. */
function blame(changes: Difference['changes'], fields: readonly Path[]): Difference['changes'] {
  const isBlamed = (path: Path): boolean =>
    fields.some((field) => field.length > 0 && (startsWith(path, field) || startsWith(field, path)))
  const some = changes.some(({ path }) => isBlamed(path))
  return changes.map((change) => ({ ...change, replace: some ? isBlamed(change.path) : true }))
}
