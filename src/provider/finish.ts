import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import type { Located } from './api.ts'
import { idOf } from './object.ts'
import { NotReady } from './partial.ts'
import { waitUntilReady } from './readiness/wait.ts'
import type { Session } from './session.ts'
import { secretPathsIn, wrap } from './values.ts'
import type { Properties } from './values.ts'
import { stateOf } from './state.ts'

export interface FinishInput {
  urn: string
  inputs: Properties
  timeoutS: number
  located: Located
  /** As the write returned it. */
  live: JsonObject
  fieldManager: string
  initialApiVersion?: string
}

/** After a write: waits until the object is usable. @throws NotReady, with the object's state, when it is not. */
export async function finish(
  session: Session,
  input: FinishInput,
): Promise<{ id: string; state: JsonObject }> {
  const { live, trouble } = await waitUntilReady(session, input)
  const state = stateOf(live, input.inputs, {
    fieldManager: input.fieldManager,
    initialApiVersion: input.initialApiVersion ?? input.located.reference.apiVersion,
    notReady: trouble !== undefined,
  })
  const id = idOf(live)
  if (trouble === undefined) return { id, state }
  throw new NotReady({
    id,
    state,
    inputs: wrap(input.inputs.plain, secretPathsIn(input.inputs.plain, input.inputs)),
    reason: `${objectName(input.located.reference)}: ${trouble}`,
  })
}
