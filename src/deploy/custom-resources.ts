import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { listObjects } from '../cluster/list.ts'
import { definitionName, type DefinedKind } from '../crds/component.ts'
import { isCustom, kindsUsed } from '../crds/used.ts'
import { labels, managedBy } from '../names.ts'
import { resourceName } from '../platform/names.ts'
import { objectsOf } from '../platform/objects.ts'
import type { RegionPlan } from '../platform/region-plan.ts'

export interface CustomResources {
  /** As many as the plan has. */
  total: number
  /** A controller says that it acts on them. */
  ready: number
  /** Stored, and no controller has said anything: no operator runs, or it is one that never reports. */
  accepted: number
  /** A controller says what is wrong: `ScaledObject interview-speech/asr: reason`. */
  notReady: readonly string[]
  absent: number
}

/** How far the custom resources of a region are, in the words of those who reconcile them. Reads only. */
export async function observeCustomResources(
  plan: RegionPlan,
  cluster: Pick<Cluster, 'request'>,
): Promise<CustomResources> {
  const objects = objectsOf(plan).filter(isCustom)
  const live = await readAll(
    kindsUsed(objects).map(({ definition }) => definition),
    cluster,
  )
  const states = objects.map(({ kind, metadata }) => stateOf(live.get(`${kind} ${resourceName(metadata)}`)))
  const count = (state: string): number => states.filter((each) => each === state).length
  return {
    total: objects.length,
    ready: count('ready'),
    accepted: count('accepted'),
    absent: count('absent'),
    notReady: objects.flatMap(({ kind, metadata }, index) => {
      const state = states[index]
      return typeof state === 'object' ? [`${kind} ${resourceName(metadata)}: ${state.reason}`] : []
    }),
  }
}

async function readAll(
  kinds: readonly DefinedKind[],
  cluster: Pick<Cluster, 'request'>,
): Promise<Map<string, JsonObject>> {
  const ours = encodeURIComponent(`${labels.managedBy}=${managedBy}`)
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const path = `/apis/${kind.group}/${kind.versions[0]}/${kind.plural}?labelSelector=${ours}`
      const options = { what: definitionName(kind), absentIsEmpty: true }
      const items = await listObjects<JsonObject & { metadata: { name: string } }>(cluster, path, options)
      return items.map((item): [string, JsonObject] => [`${kind.kind} ${resourceName(item.metadata)}`, item])
    }),
  )
  return new Map(lists.flat())
}

interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

interface Status {
  conditions?: readonly Condition[]
  /** Routes and policies of the Gateway API have theirs per gateway. */
  parents?: readonly { conditions?: readonly Condition[] }[]
  ancestors?: readonly { conditions?: readonly Condition[] }[]
}

/** What says that an object works; other conditions, such as KEDA's `Paused`, tell something else. */
const decisive = new Set(['Ready', 'Accepted', 'Programmed', 'ResolvedRefs', 'Available'])

function stateOf(object: JsonObject | undefined): 'ready' | 'accepted' | 'absent' | { reason: string } {
  if (object === undefined) return 'absent'
  const { conditions = [], parents = [], ancestors = [] } = (object['status'] ?? {}) as Status
  const told = [conditions, ...[...parents, ...ancestors].map((each) => each.conditions ?? [])]
    .flat()
    // `Unknown` is what a definition itself puts there until a controller comes.
    .filter(({ type, status }) => decisive.has(type) && status !== 'Unknown')
  if (told.length === 0) return 'accepted'
  const failing = told.find(({ status }) => status === 'False')
  return failing ? { reason: failing.message ?? failing.reason ?? failing.type } : 'ready'
}
