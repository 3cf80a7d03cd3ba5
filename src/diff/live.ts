import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { listObjects } from '../cluster/list.ts'
import { annotations, labels, managedBy, scaleFieldManager } from '../names.ts'
import { isRecord, textAt } from '../provider/json.ts'
import { type Change, changeOf, type DiffObject, keyOf } from './change.ts'
import { applierOf, covers, stillWants } from './covers.ts'
import { withMarksOf } from './marks.ts'

interface LiveObject extends DiffObject {
  metadata: DiffObject['metadata'] & {
    annotations?: Record<string, string>
    managedFields?: Parameters<typeof applierOf>[0]
  }
}

export interface LiveInput {
  region: string
  cluster: Cluster
  planned: readonly DiffObject[]
  /** `<project>/<stack>`, as every object of ours names it. */
  owner: string
  platform: string
  /** Kinds that `iv` plans in any region: what it no longer wants is looked for among them. */
  kinds: readonly { apiVersion: string; kind: string }[]
}

export interface LiveDiff {
  changes: Change[]
  same: number
}

/** Who sets counts and notes beside what is applied: not the applier. */
const besides = new Set([scaleFieldManager])
/** Under which name a dry run applies what nobody has applied yet. Nothing is stored of it. */
const dryRunManager = 'iv-diff'
/** Requests at once: a few more than the server works on, so that it never waits for us. */
const atOnce = 16

/**
 * What applying the objects would change, with the server's defaults and admission: one list per kind tells what is as
 * it should be; only the rest is applied, as a dry run under the name of whoever applied it last.
 */
export async function diffLive(input: LiveInput): Promise<LiveDiff> {
  const live = await readLive(input)
  const planned = input.planned.map((object) => {
    const there = live.get(keyOf(object))
    return there ? withMarksOf(there, object) : object
  })
  const wanted = new Map(planned.map((object) => [keyOf(object), object]))
  const suspects = planned.filter((object) => !isAsWanted(live.get(keyOf(object)), object))
  const applied = await inBatches(suspects, (object) => wouldBecome(input, object, live.get(keyOf(object))))
  const gone = [...live.values()].filter(
    (object) =>
      !wanted.has(keyOf(object)) && object.metadata.annotations?.[annotations.stack] === input.owner,
  )
  const changes = [
    ...applied.flatMap(({ before, after }) => changeOf(input.region, before, after) ?? []),
    ...gone.flatMap((object) => changeOf(input.region, withoutBookkeeping(object), undefined) ?? []),
  ]
  const deletions = changes.filter(({ action }) => action === 'delete').length
  return { changes, same: planned.length - (changes.length - deletions) }
}

async function readLive({ cluster, platform, kinds }: LiveInput): Promise<Map<string, LiveObject>> {
  const selector = encodeURIComponent(`${labels.managedBy}=${managedBy},${labels.partOf}=${platform}`)
  const lists = await inBatches(kinds, async ({ apiVersion, kind }) => {
    const path = await cluster.pathOf({ apiVersion, kind })
    // A kind that the cluster does not have has no objects; applying one of it fails, and says so.
    if (path === undefined) return []
    const items = await listObjects<Omit<LiveObject, 'apiVersion' | 'kind'>>(
      cluster,
      `${path}?labelSelector=${selector}`,
      { what: kind },
    )
    // A list says once what its items are.
    return items.map((item) => ({ ...item, apiVersion, kind }) as LiveObject)
  })
  return new Map(lists.flat().map((object) => [keyOf(object), object]))
}

function isAsWanted(live: LiveObject | undefined, wanted: DiffObject): boolean {
  if (!live || !covers(live, wanted)) return false
  const applier = applierOf(live.metadata.managedFields ?? [], besides)
  return applier !== undefined && stillWants(wanted, applier.fieldsV1)
}

async function wouldBecome(
  { cluster }: LiveInput,
  wanted: DiffObject,
  live: LiveObject | undefined,
): Promise<{ before: DiffObject | undefined; after: DiffObject }> {
  const before = live && withoutBookkeeping(live)
  const { apiVersion, kind, metadata } = wanted
  const path = await cluster.pathOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name })
  // Its definition, or its namespace, comes with the same change: the server cannot be asked yet.
  if (path === undefined) return { before, after: wanted }
  const manager = applierOf(live?.metadata.managedFields ?? [], besides)?.manager ?? dryRunManager
  const query = new URLSearchParams({ dryRun: 'All', force: 'true', fieldManager: manager })
  const response = await cluster.request({
    method: 'PATCH',
    path: `${path}?${query.toString()}`,
    contentType: 'application/apply-patch+yaml',
    body: wanted,
  })
  if (response.status === 404 && !live) return { before, after: wanted }
  if (response.status >= 300) throw failureOf(response, { apiVersion, kind, ...metadata })
  return { before, after: withoutBookkeeping(response.body) }
}

/** Without who wrote what when, and what controllers report. */
function withoutBookkeeping(object: JsonObject): DiffObject {
  const { status: _status, metadata, ...rest } = object
  const { managedFields, resourceVersion, uid, generation, creationTimestamp, selfLink, ...kept } = isRecord(
    metadata,
  )
    ? metadata
    : {}
  void [managedFields, resourceVersion, uid, generation, creationTimestamp, selfLink]
  return { ...rest, metadata: { ...kept, name: textAt(metadata, 'name') ?? '' } } as DiffObject
}

async function inBatches<I, O>(items: readonly I[], work: (item: I) => Promise<O>): Promise<O[]> {
  const results = new Map<number, O>()
  const waiting = [...items.entries()]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.set(next[0], await work(next[1]))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as O] : []))
}
