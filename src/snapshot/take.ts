import type { Cluster } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { amountsOf, type LivePod, podOf } from './pod-of.ts'
import type { LabelSelector, RegionSnapshot, SnapshotNode, Taint } from './snapshot.ts'

interface LiveNode {
  metadata: { name: string; labels?: Record<string, string> }
  spec?: { taints?: Taint[]; unschedulable?: boolean }
  status?: { allocatable?: Record<string, string>; conditions?: { type: string; status: string }[] }
}

interface LiveBudget {
  metadata: { name: string; namespace: string }
  spec?: { selector?: LabelSelector }
  status?: { disruptionsAllowed?: number }
}

interface LiveQuota {
  metadata: { name: string; namespace: string }
  status?: { hard?: Record<string, string>; used?: Record<string, string> }
}

/** What a cluster has and what runs on it. Reads lists only; Secrets and ConfigMaps are not asked for. */
export async function takeRegion(cluster: Cluster, region: string): Promise<RegionSnapshot> {
  const [version, nodes, pods, budgets, quotas] = await Promise.all([
    cluster.version(),
    list<LiveNode>(cluster, '/api/v1/nodes'),
    list<LivePod>(cluster, '/api/v1/pods'),
    list<LiveBudget>(cluster, '/apis/policy/v1/poddisruptionbudgets'),
    list<LiveQuota>(cluster, '/api/v1/resourcequotas'),
  ])
  return {
    region,
    version,
    nodes: nodes.map(nodeOf).toSorted(byName),
    pods: pods.filter(isLiving).map(podOf),
    budgets: budgets.map(({ metadata, spec = {}, status = {} }) => ({
      namespace: metadata.namespace,
      name: metadata.name,
      ...(spec.selector === undefined ? {} : { selector: spec.selector }),
      allowed: status.disruptionsAllowed ?? 0,
    })),
    quotas: quotas.map(({ metadata, status = {} }) => ({
      namespace: metadata.namespace,
      name: metadata.name,
      hard: amountsOf(status.hard),
      used: amountsOf(status.used),
    })),
  }
}

function nodeOf({ metadata, spec = {}, status = {} }: LiveNode): SnapshotNode {
  return {
    name: metadata.name,
    ready: (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    unschedulable: spec.unschedulable ?? false,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    allocatable: amountsOf(status.allocatable),
  }
}

/** A finished pod takes nothing. */
function isLiving({ status = {} }: LivePod): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed'
}

async function list<T>(cluster: Cluster, path: string): Promise<T[]> {
  const items: T[] = []
  let token = ''
  do {
    const page = token === '' ? '' : `&continue=${encodeURIComponent(token)}`
    const answer = await cluster.request({ method: 'GET', path: `${path}?limit=500${page}` })
    if (answer.status !== 200) throw failureOf(answer, path)
    items.push(...((answer.body['items'] ?? []) as T[]))
    const { continue: more = '' } = (answer.body['metadata'] ?? {}) as { continue?: string }
    token = more
  } while (token !== '')
  return items
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : 1
}
