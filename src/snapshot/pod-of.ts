import { Quantity } from '../units/quantity.ts'
import type { Amounts, SnapshotPod } from './snapshot.ts'

interface Container {
  restartPolicy?: string
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
  ports?: { hostPort?: number; containerPort?: number; protocol?: string }[]
}

/** The parts of a pod that placement rests on, as the API server sends them. */
export interface LivePod {
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    ownerReferences?: { kind: string }[]
    deletionTimestamp?: string
  }
  spec: {
    nodeName?: string
    priority?: number
    hostNetwork?: boolean
    overhead?: Record<string, string>
    containers: Container[]
    initContainers?: Container[]
    nodeSelector?: Record<string, string>
    tolerations?: SnapshotPod['tolerations']
    topologySpreadConstraints?: SnapshotPod['spread']
    affinity?: {
      nodeAffinity?: {
        requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms: SnapshotPod['nodeTerms'] }
      }
      podAntiAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: SnapshotPod['antiAffinity'] }
    }
  }
  status?: { phase?: string }
}

/** Takes from a pod what placement rests on. Names, images, environment and volumes of containers stay behind. */
export function podOf({ metadata, spec, status = {} }: LivePod): SnapshotPod {
  const { namespace = 'default', name, labels = {}, ownerReferences: [owner] = [] } = metadata
  return {
    namespace,
    name,
    node: spec.nodeName ?? null,
    phase: status.phase ?? 'Pending',
    owner: owner?.kind ?? null,
    labels,
    requests: requestsOf(spec),
    hostPorts: hostPortsOf(spec),
    ...placementOf(spec),
  }
}

function placementOf(
  spec: LivePod['spec'],
): Pick<SnapshotPod, 'priority' | 'nodeSelector' | 'tolerations' | 'spread' | 'nodeTerms' | 'antiAffinity'> {
  const { priority = 0, nodeSelector = {}, tolerations = [], topologySpreadConstraints: spread = [] } = spec
  const { nodeAffinity, podAntiAffinity } = spec.affinity ?? {}
  return {
    priority,
    nodeSelector,
    tolerations,
    spread,
    nodeTerms: nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [],
    antiAffinity: podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
  }
}

/** Cores become thousandths, everything else a plain number. What cannot be read counts as nothing. */
export function amountsOf(quantities: Readonly<Record<string, string>> = {}): Amounts {
  return Object.fromEntries(
    Object.entries(quantities).map(([name, quantity]) => {
      const amount = Quantity.parse(quantity)?.amount ?? 0
      return [name, name.endsWith('cpu') ? Math.round(amount * 1000) : amount]
    }),
  )
}

/**
 * What the scheduler counts: all containers and sidecars together, or the largest init container with the sidecars
 * before it, whichever is more; and the overhead of the runtime.
 */
function requestsOf({ containers, initContainers = [], overhead }: LivePod['spec']): Amounts {
  let sidecars: Amounts = {}
  let starting: Amounts = {}
  for (const container of initContainers) {
    const own = ownRequests(container)
    if (container.restartPolicy === 'Always') sidecars = together(sidecars, own, plus)
    starting = together(
      starting,
      container.restartPolicy === 'Always' ? sidecars : together(sidecars, own, plus),
      Math.max,
    )
  }
  const running = containers.map(ownRequests).reduce((sum, own) => together(sum, own, plus), sidecars)
  return together(together(running, starting, Math.max), amountsOf(overhead), plus)
}

/** A limit without a request is one. */
function ownRequests({ resources = {} }: Container): Amounts {
  return amountsOf({ ...resources.limits, ...resources.requests })
}

function hostPortsOf({ containers, hostNetwork = false }: LivePod['spec']): string[] {
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort, protocol = 'TCP' }) => {
      const port = hostPort ?? (hostNetwork ? containerPort : undefined)
      return port === undefined || port === 0 ? [] : [`${protocol} ${port}`]
    }),
  )
}

function together(left: Amounts, right: Amounts, how: (a: number, b: number) => number): Amounts {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return Object.fromEntries([...keys].map((key) => [key, how(left[key] ?? 0, right[key] ?? 0)]))
}

function plus(left: number, right: number): number {
  return left + right
}
