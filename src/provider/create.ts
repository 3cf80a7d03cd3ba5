import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
import { applied, apply, takeOver } from './apply.ts'
import { locate, noSuchKind, readLive } from './api.ts'
import type { Located } from './api.ts'
import { finish } from './finish.ts'
import { waitUntilGone } from './gone.ts'
import { textAt } from './json.ts'
import { isDeleting, referenceOf } from './object.ts'
import { refuseForeign } from './ownership.ts'
import { previewCreate } from './preview.ts'
import type { Session } from './session.ts'
import { fieldManagerFor } from './state.ts'
import type { CreateInput, Written } from './written.ts'

/** As the official provider: how often a create waits for a namespace or a kind that is still on its way. */
const attempts = 5

/**
 * Creates by server-side apply. An object of that name that exists already is taken up only when its annotation
 * proves that this stack made it, as after a crash between the write and its recording.
 */
export async function create(session: Session, input: CreateInput): Promise<Written> {
  if (input.preview) return previewCreate(session, input)
  for (let attempt = 1; ; attempt += 1) {
    const missing = await tryCreate(session, input)
    if (!(missing instanceof Failure)) return missing
    if (attempt === attempts) throw missing
    session.log.status(input.urn, `waiting: ${missing.message}`)
    await session.clock.sleep(250 * 2 ** attempt, session.signal)
  }
}

/** The failure is returned, not thrown, where another attempt may succeed. */
async function tryCreate(session: Session, input: CreateInput): Promise<Written | Failure> {
  const body = input.inputs.plain
  const located = await locate(session, referenceOf(body))
  if (!located) return noSuchKind(referenceOf(body))
  const existing = await readyToCreate(session, input, located)
  const write = { located, body, fieldManager: fieldManagerFor(input.urn), dryRun: false }
  if (existing) await takeOver(session, write, existing)
  const response = await apply(session, write)
  if (isNamespaceMissing(response.status, textAt(response.body, 'message') ?? '')) {
    const { namespace = '' } = located.reference
    return new Failure(
      'OPERATION',
      `${objectName(located.reference)}: namespace ${namespace} does not exist`,
      {
        next: 'create the namespace in the same stack, or before it',
      },
    )
  }
  const live = applied(response, write)
  return finish(session, { ...input, located, live, fieldManager: write.fieldManager })
}

function isNamespaceMissing(status: number, message: string): boolean {
  return status === 404 && /namespaces? "[^"]+" not found/.test(message)
}

/** Waits for a predecessor of that name to go; refuses an object of somebody else. */
async function readyToCreate(
  session: Session,
  input: CreateInput,
  located: Located,
): Promise<JsonObject | undefined> {
  const existing = await readLive(session, located)
  if (!existing) return undefined
  if (isDeleting(existing)) {
    await waitUntilGone(session, { urn: input.urn, located, live: existing, timeoutS: input.timeoutS })
    return undefined
  }
  refuseForeign(existing, input.inputs.plain, located)
  return existing
}
