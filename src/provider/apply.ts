import type { ClusterResponse, JsonObject } from '../cluster/cluster.ts'
import { failureOf, objectName } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
import { isRecord, listAt, textAt } from './json.ts'
import { send } from './api.ts'
import type { Located } from './api.ts'
import { annotation } from './object.ts'
import type { Session } from './session.ts'

export interface ApplyInput {
  located: Located
  body: JsonObject
  fieldManager: string
  dryRun: boolean
}

/** Server-side apply. Answers whatever the server said: callers tell conflicts and immutable fields apart. */
export async function apply(session: Session, input: ApplyInput): Promise<ClusterResponse> {
  const query = new URLSearchParams({ fieldManager: input.fieldManager })
  const isForced = annotation(input.body, 'pulumi.com/patchForce') === 'true'
  if (isForced || session.takesOwnership()) query.set('force', 'true')
  if (input.dryRun) query.set('dryRun', 'All')
  return send(session, {
    method: 'PATCH',
    path: `${input.located.path}?${query.toString()}`,
    contentType: 'application/apply-patch+yaml',
    body: input.body,
    deadlineMs: 60_000,
  })
}

/** The object that an apply gave, or a failure that names object, and for a conflict its manager and field. */
export function applied(response: ClusterResponse, input: ApplyInput): JsonObject {
  if (response.status === 200 || response.status === 201) return response.body
  const conflict = describeConflict(response)
  if (conflict === undefined) throw failureOf(response, input.located.reference)
  throw new Failure('OPERATION', `${objectName(input.located.reference)}: ${conflict}`, {
    next: 'undo the other change, or take the field: for this run with iv deploy --take-ownership, always with the annotation pulumi.com/patchForce: "true"',
  })
}

/** `kubectl-edit owns .spec.x`: undefined when the response is no apply conflict. */
export function describeConflict(response: ClusterResponse): string | undefined {
  if (response.status !== 409) return undefined
  const causes = listAt(response.body, 'details', 'causes').filter(
    (cause) => textAt(cause, 'reason') === 'FieldManagerConflict',
  )
  const owned = causes.map((cause) => {
    const manager = /conflict with "([^"]+)"/.exec(textAt(cause, 'message') ?? '')?.[1] ?? 'another manager'
    return `${manager} owns ${textAt(cause, 'field') ?? 'a field'}`
  })
  return owned.length === 0 ? undefined : `conflict: ${owned.join(', ')}`
}

/**
 * The official provider creates with POST, which leaves its fields under an owner of another sort than server-side
 * apply, and a resource that moved in its program has another owner than before. Until that entry is renamed, an
 * apply conflicts with it, and fields dropped from the program would stay. Only for objects that are provably ours.
 */
export async function takeOver(session: Session, input: ApplyInput, live: JsonObject): Promise<void> {
  const entries = listAt(live, 'metadata', 'managedFields')
  const isOurs = (entry: unknown): boolean =>
    textAt(entry, 'manager') === input.fieldManager && textAt(entry, 'operation') === 'Apply'
  const posted = entries.findIndex(
    (entry) =>
      (textAt(entry, 'manager') === 'pulumi-kubernetes' && isCreation(entry)) ||
      (textAt(entry, 'operation') === 'Apply' && ofResource.test(textAt(entry, 'manager') ?? '')),
  )
  if (posted === -1 || entries.some(isOurs)) return
  const path = `/metadata/managedFields/${posted}`
  const response = await send(session, {
    method: 'PATCH',
    path: input.located.path,
    contentType: 'application/json-patch+json',
    body: [
      { op: 'replace', path: `${path}/manager`, value: input.fieldManager },
      { op: 'replace', path: `${path}/operation`, value: 'Apply' },
      {
        op: 'replace',
        path: '/metadata/resourceVersion',
        value: textAt(live, 'metadata', 'resourceVersion'),
      },
    ],
  })
  if (response.status !== 200) throw failureOf(response, input.located.reference)
}

/** The manager of a resource that had the object before: one that moved in the program has a new one. */
const ofResource = /^pulumi-kubernetes-[0-9a-f]{8}$/

function isCreation(entry: unknown): boolean {
  return isRecord(entry) && entry['operation'] === 'Update' && entry['subresource'] === undefined
}

/** What the server calls a change that it will not make in place; the fields it blames, where it names them. */
export function immutableFields(response: ClusterResponse): readonly string[] | undefined {
  if (response.status !== 422) return undefined
  const pattern =
    /immutable|may not be changed|may not change once set|updates to .* are forbidden|cannot be changed/i
  const causes = listAt(response.body, 'details', 'causes')
  const blamed = causes.filter((cause) => pattern.test(textAt(cause, 'message') ?? ''))
  if (blamed.length > 0) return blamed.map((cause) => textAt(cause, 'field') ?? '')
  return pattern.test(textAt(response.body, 'message') ?? '') ? [] : undefined
}
