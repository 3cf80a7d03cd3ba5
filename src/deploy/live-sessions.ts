import type { Cluster } from '../cluster/cluster.ts'
import { listObjects } from '../cluster/list.ts'
import type { EngineResult } from '../engine/engine.ts'
import { Failure } from '../failure.ts'
import { annotations, labels } from '../names.ts'
import type { PoolPlan } from '../platform/region-plan.ts'
import type { LiveImpact, LivePod } from '../report/live-impact.ts'
import type { Site } from './site.ts'

/** The one pool whose instances hold sessions from start to end. */
export const mediaPool = 'sfu'

type Change = EngineResult['changes'][number]

interface Node {
  metadata: { name: string }
  spec?: { unschedulable?: boolean }
  status?: { conditions?: readonly { type: string; status: string }[] }
}

/**
 * What a change would do to live sessions: undefined where it leaves the media servers alone. Servers keep their host
 * ports until their last session has ended, so that each one with sessions needs a free node for its successor, and
 * the others one between them: they let theirs go as they roll.
 */
export async function liveImpact(site: Site, { changes }: EngineResult): Promise<LiveImpact | undefined> {
  const pool = site.plan.pools.find(({ name }) => name === mediaPool)
  const change = pool && changes.find((candidate) => rolls(candidate, pool))
  if (!pool || site.isNew || !change) return undefined
  const [pods, nodes] = await Promise.all([
    mediaPods(site.cluster, pool),
    listObjects<Node>(site.cluster, `/api/v1/nodes?labelSelector=${labels.shape}%3D${pool.nodeShape}`),
  ])
  const taken = new Set(pods.map(({ node }) => node))
  const spareNodes = nodes.filter((node) => isOpen(node) && !taken.has(node.metadata.name)).length
  // A change that was cut goes on: servers that have the new image already stay.
  const onlyImage = change.paths.length > 0 && change.paths.every((path) => path.endsWith('.image'))
  const rolled = pods.filter(({ draining, image }) => !draining && !(onlyImage && image === pool.image))
  const busy = rolled.filter(({ sessions }) => sessions > 0)
  const sessions = busy.reduce((sum, pod) => sum + pod.sessions, 0)
  const neededNodes = Math.min(rolled.length, busy.length + 1)
  return {
    pool: pool.name,
    pods: rolled.map(({ name, node, sessions: held, draining }) => ({
      name,
      node,
      sessions: held,
      draining,
    })),
    sessions,
    spareNodes,
    neededNodes,
    fits: spareNodes >= neededNodes,
  }
}

/** @returns why the change cannot be made now without ending sessions or waiting for them; undefined where it can. */
export function shortage(region: string, impact: LiveImpact): Failure | undefined {
  if (impact.fits) return undefined
  const { neededNodes, spareNodes, sessions, pool } = impact
  const message = `changing ${pool} needs ${neededNodes} spare nodes for the servers that hold ${sessions} sessions, and ${spareNodes} are free`
  return new Failure('REFUSED', message, {
    region,
    retryable: true,
    next: `add ${neededNodes - spareNodes} nodes of that shape, or wait until servers are empty: iv status --region ${region}`,
  })
}

export interface MediaPod extends LivePod {
  image: string | undefined
}

/** Every media server there is, also those that are going. */
export async function mediaPods(
  cluster: Cluster,
  pool: Pick<PoolPlan, 'name' | 'namespace'>,
): Promise<MediaPod[]> {
  const path = `/api/v1/namespaces/${pool.namespace}/pods?labelSelector=${encodeURIComponent(`${labels.pool}=${pool.name}`)}`
  const pods = await listObjects<Pod>(cluster, path)
  return pods.map(({ metadata, spec }) => ({
    name: metadata.name,
    node: spec?.nodeName ?? null,
    sessions: Number(metadata.annotations?.[annotations.sessions] ?? 0) || 0,
    draining: metadata.deletionTimestamp !== undefined,
    image: spec?.containers?.[0]?.image,
  }))
}

interface Pod {
  metadata: { name: string; deletionTimestamp?: string; annotations?: Record<string, string> }
  spec?: { nodeName?: string; containers?: readonly { image?: string }[] }
}

function rolls({ type, name, op, paths }: Change, pool: PoolPlan): boolean {
  if (!type.endsWith(':Deployment') || name !== `${pool.namespace}/${pool.workload}`) return false
  return op === 'replace' || op === 'delete' || paths.some((path) => path.startsWith('spec.template'))
}

function isOpen({ spec, status }: Node): boolean {
  const ready = status?.conditions?.some(
    (condition) => condition.type === 'Ready' && condition.status === 'True',
  )
  return ready === true && spec?.unschedulable !== true
}
