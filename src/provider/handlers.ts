import { checkInputs, notePlanned } from './check.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { difference } from './diff.ts'
import type { Difference } from './diff.ts'
import { formatPath, parsePath } from './path.ts'
import { Empty, rpc } from './protocol.ts'
import { read } from './read.ts'
import type { Session } from './session.ts'
import { fromStruct, toStruct, wrap } from './values.ts'
import { update } from './update.ts'

type Message<K extends keyof typeof rpc> = (typeof rpc)[K] extends new () => infer M ? M : never

/** The calls about one resource, between the protocol's messages and plain values. */

export async function onCheck(
  request: Message<'CheckRequest'>,
  session: Session,
): Promise<Message<'CheckResponse'>> {
  const news = fromStruct(request.getNews())
  notePlanned(session, request.getUrn(), news.plain)
  const response = new rpc.CheckResponse()
  response.setInputs(toStruct(wrap(news.plain, news.secrets)))
  const reason = checkInputs(news.plain, request.getUrn())
  if (reason !== undefined) response.addFailures(new rpc.CheckFailure().setReason(reason))
  return response
}

export async function onDiff(
  request: Message<'DiffRequest'>,
  session: Session,
): Promise<Message<'DiffResponse'>> {
  const found = await difference(session, {
    urn: request.getUrn(),
    outputs: () => fromStruct(request.getOlds()).plain,
    before: fromStruct(request.getOldInputs()).plain,
    after: fromStruct(request.getNews()).plain,
    ignoreChanges: request.getIgnorechangesList().map(parsePath),
  })
  return diffResponse(found)
}

const kinds = {
  add: [rpc.PropertyDiff.Kind.ADD, rpc.PropertyDiff.Kind.ADD_REPLACE],
  update: [rpc.PropertyDiff.Kind.UPDATE, rpc.PropertyDiff.Kind.UPDATE_REPLACE],
  delete: [rpc.PropertyDiff.Kind.DELETE, rpc.PropertyDiff.Kind.DELETE_REPLACE],
} as const

export function diffResponse(found: Difference): Message<'DiffResponse'> {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges
  const response = new rpc.DiffResponse()
  response.setChanges(found.changes.length > 0 ? DIFF_SOME : DIFF_NONE)
  response.setHasdetaileddiff(true)
  const top = new Set<string>()
  for (const { path, kind, replace } of found.changes) {
    const text = formatPath(path)
    const detail = new rpc.PropertyDiff()
    detail.setKind(kinds[kind][replace ? 1 : 0])
    detail.setInputdiff(true)
    response.getDetaileddiffMap().set(text, detail)
    if (replace) response.addReplaces(text)
    top.add(String(path[0]))
  }
  response.setDiffsList([...top])
  const replaced = found.changes.some(({ replace }) => replace)
  response.setDeletebeforereplace(replaced && found.deleteBeforeReplace)
  return response
}

export async function onCreate(
  request: Message<'CreateRequest'>,
  session: Session,
): Promise<Message<'CreateResponse'>> {
  const written = await create(session, {
    urn: request.getUrn(),
    inputs: fromStruct(request.getProperties()),
    timeoutS: request.getTimeout(),
    preview: request.getPreview(),
  })
  const response = new rpc.CreateResponse()
  response.setId(written.id)
  response.setProperties(toStruct(written.state))
  return response
}

/** An empty answer says that the object is gone. */
export async function onRead(
  request: Message<'ReadRequest'>,
  session: Session,
): Promise<Message<'ReadResponse'>> {
  const found = await read(session, {
    urn: request.getUrn(),
    id: request.getId(),
    inputs: fromStruct(request.getInputs()),
    outputs: fromStruct(request.getProperties()),
  })
  const response = new rpc.ReadResponse()
  if (!found) return response
  response.setId(found.id)
  response.setProperties(toStruct(found.state))
  response.setInputs(toStruct(found.inputs))
  return response
}

export async function onUpdate(
  request: Message<'UpdateRequest'>,
  session: Session,
): Promise<Message<'UpdateResponse'>> {
  const state = await update(session, {
    urn: request.getUrn(),
    outputs: fromStruct(request.getOlds()).plain,
    inputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList().map(parsePath),
    timeoutS: request.getTimeout(),
    preview: request.getPreview(),
  })
  const response = new rpc.UpdateResponse()
  response.setProperties(toStruct(state))
  return response
}

export async function onDelete(
  request: Message<'DeleteRequest'>,
  session: Session,
): Promise<InstanceType<typeof Empty>> {
  await remove(session, {
    urn: request.getUrn(),
    outputs: fromStruct(request.getProperties()).plain,
    inputs: fromStruct(request.getOldInputs()).plain,
    timeoutS: request.getTimeout(),
  })
  return new Empty()
}
