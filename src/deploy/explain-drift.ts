import type { Cluster, JsonObject, ObjectReference } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import type { DriftItem } from '../report/drift.ts'
import type { Duration } from '../units/duration.ts'
import { covers, readHold } from './hold.ts'

interface ManagedFields {
  manager?: string
  time?: string
  subresource?: string
}

/** Managers of the engine's resources: what they wrote is not what somebody else changed. */
const engine = /^pulumi-kubernetes/

/**
 * Says of each difference who made it and when, as far as the object tells, and makes those that a hold covers an
 * `override` until the hold ends. One read per object that differs.
 */
export async function explainDrift(
  items: readonly DriftItem[],
  cluster: Cluster,
  c: Pick<Collaborators, 'clock'>,
): Promise<DriftItem[]> {
  const live = new Map<string, JsonObject | undefined>()
  for (const item of items) {
    const key = `${item.kind} ${item.name}`
    if (!live.has(key))
      live.set(key, item.have === null && item.path === '' ? undefined : await read(item, cluster))
  }
  return items.map((item) => explained(item, live.get(`${item.kind} ${item.name}`), c.clock.now()))
}

/** Only what was changed within `since`, or what does not say when. */
export function recent(items: readonly DriftItem[], since: Duration | undefined, now: Date): DriftItem[] {
  if (!since) return [...items]
  return items.filter(
    ({ changedAt }) => changedAt === null || now.getTime() - Date.parse(changedAt) <= since.ms,
  )
}

function explained(item: DriftItem, object: JsonObject | undefined, now: Date): DriftItem {
  if (!object) return item
  const last = lastChange(object)
  const told = { ...item, owner: item.owner ?? last?.manager ?? null, changedAt: last?.time ?? null }
  const hold = readHold(object)
  if (!hold || !covers(hold, item.path, now)) return told
  return { ...told, class: 'override', owner: hold.owner, until: hold.until, reason: hold.reason }
}

function lastChange(object: JsonObject): ManagedFields | undefined {
  const entries = (object['metadata'] as { managedFields?: ManagedFields[] } | undefined)?.managedFields ?? []
  return entries
    .filter(({ manager, subresource }) => subresource !== 'status' && !engine.test(manager ?? ''))
    .toSorted((one, other) => Date.parse(other.time ?? '') - Date.parse(one.time ?? ''))
    .at(0)
}

async function read(
  { kind: type, name: full }: DriftItem,
  cluster: Cluster,
): Promise<JsonObject | undefined> {
  const [version = '', kind = ''] = type.split(':')
  const [namespace, name] = full.includes('/') ? full.split('/') : [undefined, full]
  const reference: ObjectReference = { apiVersion: version.replace(/^core\//, ''), kind, name, namespace }
  const path = await cluster.pathOf(reference)
  const response = path === undefined ? undefined : await cluster.request({ method: 'GET', path })
  return response?.status === 200 ? response.body : undefined
}
