import type { LivePod } from '../../src/snapshot/pod-of.ts'

export const caseLabel = 'iv.test/case'

export interface LiveNodeManifest {
  metadata: { name: string; labels: Record<string, string>; annotations: Record<string, string> }
  spec: { taints: { key: string; value: string; effect: string }[]; unschedulable?: boolean }
  status: { capacity: Record<string, string>; allocatable: Record<string, string> }
}

/** Nodes, what runs on them, and pods to place, in the order in which they come. */
export interface FitCase {
  id: string
  nodes: LiveNodeManifest[]
  running: LivePod[]
  added: LivePod[]
}

type Draw = (below: number) => number

/** A small generator of its own (mulberry32), so that a seed means the same case for ever. */
export function drawing(seed: number): Draw {
  let state = (seed * 0x9e3779b9) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** At most 12 nodes and 60 pods, from what the platform uses and what it may meet. */
export function fitCase(seed: number): FitCase {
  const draw = drawing(seed)
  const id = `c${seed}`
  const zones = 1 + draw(3)
  const shapes = Array.from({ length: 1 + draw(2) }, () => ({
    cpu: [2, 4, 8, 16][draw(4)] ?? 4,
    memory: [8, 16, 32][draw(3)] ?? 16,
    pods: [4, 8, 110, 110][draw(4)] ?? 110,
    gpus: [0, 0, 2, 8][draw(4)] ?? 0,
  }))
  const nodes = Array.from({ length: 2 + draw(11) }, (_, index) => {
    const shape = draw(shapes.length)
    return nodeOf({ id, index, zone: index % zones, group: shape, shape: shapes[shape] ?? shapes[0], draw })
  })
  const groups = Array.from({ length: 1 + draw(3) }, (_, index) => groupOf(id, index, draw))
  const running = nodes.flatMap(({ metadata }, index) =>
    draw(3) === 0
      ? [podOf(id, { ...pick(groups, draw), hard: false }, { suffix: `r${index}`, node: metadata.name })]
      : [],
  )
  const room = Math.floor((60 - running.length) / groups.length)
  // About half of the cases fit: small groups do as a rule, large ones show where it ends.
  const most = Math.min(room, [2, 4, 8, 20, 60][draw(5)] ?? room)
  const added = groups.flatMap((group) =>
    Array.from({ length: 1 + draw(most) }, (_, index) => podOf(id, group, { suffix: `a${index}` })),
  )
  return { id, nodes, running, added }
}

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw(items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

interface NodeInput {
  id: string
  index: number
  zone: number
  group: number
  shape: { cpu: number; memory: number; pods: number; gpus: number } | undefined
  draw: Draw
}

function nodeOf({ id, index, zone, group, shape, draw }: NodeInput): LiveNodeManifest {
  if (!shape) throw new Error('a node has a shape')
  const name = `${id}-n${index}`
  const amounts = {
    cpu: String(shape.cpu),
    memory: `${shape.memory}Gi`,
    pods: String(shape.pods),
    ...(shape.gpus > 0 ? { 'nvidia.com/gpu': String(shape.gpus) } : {}),
  }
  const dedicated = draw(6) === 0 ? [{ key: 'dedicated', value: 'others', effect: 'NoSchedule' }] : []
  return {
    metadata: {
      name,
      labels: {
        [caseLabel]: id,
        group: String(group),
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/zone': `zone-${zone}`,
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    spec: {
      taints: [{ key: caseLabel, value: id, effect: 'NoSchedule' }, ...dedicated],
      ...(draw(10) === 0 ? { unschedulable: true } : {}),
    },
    status: { capacity: amounts, allocatable: amounts },
  }
}

interface Group {
  name: string
  cpu: number
  memory: number
  gpus: number
  /** Only on nodes of this group. */
  selector: string | undefined
  tolerant: boolean
  spread: { key: string; skew: number } | undefined
  apart: boolean
  port: number | undefined
  hard: boolean
}

function groupOf(id: string, index: number, draw: Draw): Group {
  const spread = draw(5)
  return {
    name: `${id}-g${index}`,
    cpu: [100, 250, 500, 1000, 2000, 3000][draw(6)] ?? 500,
    memory: [128, 512, 1024, 3072, 6144][draw(5)] ?? 512,
    gpus: [0, 0, 0, 0, 1, 8][draw(6)] ?? 0,
    selector: draw(3) === 0 ? String(draw(2)) : undefined,
    tolerant: draw(4) === 0,
    spread:
      spread < 2
        ? { key: spread === 0 ? 'topology.kubernetes.io/zone' : 'kubernetes.io/hostname', skew: 1 + draw(2) }
        : undefined,
    apart: draw(8) === 0,
    port: draw(12) === 0 ? 7880 : undefined,
    hard: true,
  }
}

function podOf(
  id: string,
  group: Group,
  { suffix, node }: { suffix: string; node?: string },
): LivePod & { apiVersion: string; kind: string } {
  const requests = {
    cpu: `${group.cpu}m`,
    memory: `${group.memory}Mi`,
    ...(group.gpus > 0 && group.hard ? { 'nvidia.com/gpu': String(group.gpus) } : {}),
  }
  const selector = { matchLabels: { app: group.name } }
  const spread = { whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector }
  const apart = { topologyKey: 'kubernetes.io/hostname', labelSelector: selector }
  const container = {
    name: 'main',
    image: 'iv.local/none:none',
    resources: { requests, limits: requests },
    ...(group.port === undefined ? {} : { ports: [{ containerPort: group.port, hostPort: group.port }] }),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${group.name}-${suffix}`,
      namespace: 'default',
      labels: { app: group.name, [caseLabel]: id },
    },
    spec: {
      ...(node === undefined ? {} : { nodeName: node }),
      containers: [container],
      nodeSelector: { [caseLabel]: id, ...(group.selector === undefined ? {} : { group: group.selector }) },
      tolerations: [
        { key: caseLabel, operator: 'Equal', value: id, effect: 'NoSchedule' },
        ...(group.tolerant ? [{ key: 'dedicated', operator: 'Exists' }] : []),
      ],
      ...(group.spread && group.hard
        ? {
            topologySpreadConstraints: [
              { ...spread, topologyKey: group.spread.key, maxSkew: group.spread.skew },
            ],
          }
        : {}),
      ...(group.apart && group.hard
        ? { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } } }
        : {}),
    },
  }
}
