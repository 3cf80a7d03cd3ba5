import type { Amounts, RegionSnapshot, SnapshotNode, SnapshotPod } from '../../snapshot/snapshot.ts'

/** A node with what is on it. */
export interface Seat {
  node: SnapshotNode
  pods: SnapshotPod[]
  /** Sum of the requests, and their number as `pods`. */
  used: Record<string, number>
  /** The same with what the scheduler takes for pods that ask for nothing, which its scores count with. */
  scored: Record<string, number>
}

/** What the scheduler assumes of a container without requests when it compares nodes: 0.1 cores, 200 MB. */
const assumed: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 }

export function boardOf({ nodes, pods }: RegionSnapshot): Seat[] {
  const seats = nodes.map((node): Seat => ({ node, pods: [], used: {}, scored: {} }))
  const byName = new Map(seats.map((seat) => [seat.node.name, seat]))
  for (const pod of pods) {
    const seat = pod.node === null ? undefined : byName.get(pod.node)
    if (seat) put(seat, pod)
  }
  return seats
}

export function put(seat: Seat, pod: SnapshotPod): void {
  seat.pods.push(pod)
  for (const [name, amount] of Object.entries(pod.requests)) seat.used[name] = (seat.used[name] ?? 0) + amount
  seat.used['pods'] = (seat.used['pods'] ?? 0) + 1
  for (const name of ['cpu', 'memory']) {
    seat.scored[name] = (seat.scored[name] ?? 0) + scoredRequest(pod, name)
  }
}

export function scoredRequest({ requests }: SnapshotPod, name: string): number {
  const asked = requests[name] ?? 0
  return asked > 0 ? asked : (assumed[name] ?? 0)
}
