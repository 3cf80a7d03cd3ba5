import type { RegionSnapshot, SnapshotNode, SnapshotPod } from '../../../src/snapshot/snapshot.ts'

export function nodeLike(part: Partial<SnapshotNode> = {}): SnapshotNode {
  return {
    name: 'node-1',
    ready: true,
    unschedulable: false,
    labels: {},
    taints: [],
    allocatable: { cpu: 4000, memory: 8 * 2 ** 30, pods: 110 },
    ...part,
  }
}

export function podLike(part: Partial<SnapshotPod> = {}): SnapshotPod {
  return {
    namespace: 'default',
    name: 'pod',
    node: null,
    phase: 'Pending',
    owner: null,
    labels: {},
    priority: 0,
    requests: { cpu: 100, memory: 2 ** 20 },
    nodeSelector: {},
    nodeTerms: [],
    tolerations: [],
    spread: [],
    antiAffinity: [],
    hostPorts: [],
    ...part,
  }
}

export function regionLike(part: Partial<RegionSnapshot> = {}): RegionSnapshot {
  return { region: 'us-east', version: 'v1.35.4', nodes: [], pods: [], budgets: [], quotas: [], ...part }
}
