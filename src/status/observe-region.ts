import type { Cluster, ClusterAccess, JsonObject } from '../cluster/cluster.ts'
import { listObjects } from '../cluster/list.ts'
import type { Collaborators } from '../collaborators.ts'
import { observeCustomResources } from '../deploy/custom-resources.ts'
import { mediaPods, mediaPool } from '../deploy/live-sessions.ts'
import { poolState } from '../deploy/pool-state.ts'
import { readStackRecord } from '../engine/state-file.ts'
import { toFailure } from '../failure.ts'
import { labels, managedBy } from '../names.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import type { LivePod } from '../report/live-impact.ts'
import { regionError } from '../report/region-error.ts'
import type { StatusNodes, StatusPool, StatusRegion } from '../report/status.ts'
import { lastRun } from '../runs/journal.ts'

export interface StatusCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

export interface RegionInput {
  plan: RegionPlan
  access: ClusterAccess
  /** Folder of the state, where it lies in files: the engine is never started for a look. */
  stateFolder: string | undefined
}

/** One region as it is now. Never throws for a region that cannot be reached: that is what there is to show. */
export async function observeRegion(
  { plan, access, stateFolder }: RegionInput,
  c: StatusCollaborators,
): Promise<StatusRegion> {
  const { region, role, environment } = plan.identity
  const [record, last] = await Promise.all([
    stateFolder === undefined ? undefined : readStackRecord(stateFolder, plan.identity),
    lastRun(c.paths, { region, environment }),
  ])
  const known = {
    region,
    role,
    context: access.context,
    provider: record?.provider ?? null,
    lastRun: last
      ? { id: last.id, command: last.command, startedAt: last.startedAt, outcome: last.outcome ?? null }
      : null,
  }
  try {
    return { ...known, ...(await look(plan, access, c)) }
  } catch (error) {
    const failure = toFailure(error)
    if (failure.code === 'INTERNAL') throw error
    const nothing = { reachable: false, server: null, pools: [], nodes: [], customResources: null }
    return { ...known, state: 'unreachable', ...nothing, error: regionError(failure) }
  }
}

type Seen = Pick<
  StatusRegion,
  'state' | 'reachable' | 'server' | 'pools' | 'nodes' | 'customResources' | 'error'
>

async function look(plan: RegionPlan, access: ClusterAccess, c: StatusCollaborators): Promise<Seen> {
  const cluster = await c.connect(access)
  try {
    const ours = encodeURIComponent(`${labels.managedBy}=${managedBy}`)
    const media = plan.pools.find(({ name }) => name === mediaPool)
    const [deployments, nodes, servers, customResources] = await Promise.all([
      listObjects(cluster, `/apis/apps/v1/deployments?labelSelector=${ours}`),
      listObjects(cluster, '/api/v1/nodes'),
      media ? mediaPods(cluster, media) : [],
      observeCustomResources(plan, cluster),
    ])
    const pools = plan.pools.map((pool) => poolData(pool, find(deployments, pool), servers))
    return {
      state: stateOf(pools),
      reachable: true,
      server: cluster.server,
      pools,
      nodes: nodeCounts(nodes),
      customResources,
      error: null,
    }
  } finally {
    cluster.close()
  }
}

function find(
  deployments: readonly JsonObject[],
  pool: { namespace: string; workload: string },
): JsonObject | undefined {
  return deployments.find((object) => {
    const { name, namespace } = object['metadata'] as { name: string; namespace: string }
    return name === pool.workload && namespace === pool.namespace
  })
}

function poolData(
  plan: RegionPlan['pools'][number],
  object: JsonObject | undefined,
  servers: readonly LivePod[],
): StatusPool {
  const { name, namespace, desired, ready, isReady, reason } = poolState(plan, object)
  const { minimum, maximum } = plan
  const state = object === undefined ? 'absent' : isReady ? 'ready' : 'not-ready'
  const going = servers.filter(({ draining }) => draining)
  const sessions = going.reduce((sum, pod) => sum + pod.sessions, 0)
  const draining = name === mediaPool ? { pods: going.length, sessions } : null
  return { name, namespace, desired, ready, minimum, maximum, state, reason: reason ?? null, draining }
}

function stateOf(pools: readonly StatusPool[]): StatusRegion['state'] {
  if (pools.every((pool) => pool.state === 'absent')) return 'not-deployed'
  return pools.every((pool) => pool.state === 'ready') ? 'ready' : 'not-ready'
}

/** By shape, in the order of the alphabet; nodes that are not `iv`'s are not counted. */
function nodeCounts(nodes: readonly JsonObject[]): StatusNodes[] {
  const counts = new Map<string, { ready: number; total: number }>()
  for (const node of nodes as readonly Node[]) {
    const shape = node.metadata?.labels?.[labels.shape]
    if (shape === undefined) continue
    const count = counts.get(shape) ?? { ready: 0, total: 0 }
    const isReady = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
    counts.set(shape, { ready: count.ready + (isReady === true ? 1 : 0), total: count.total + 1 })
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([shape, count]) => ({ shape, ...count }))
}

interface Node {
  metadata?: { labels?: Record<string, string> }
  status?: { conditions?: readonly { type: string; status: string }[] }
}
