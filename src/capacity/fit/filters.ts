import type { SnapshotPod } from '../../snapshot/snapshot.ts'
import type { Seat } from './board.ts'
import { nodeMatches, selects, tolerates } from './match.ts'
import { spreadRefusal } from './spread.ts'

/**
 * Why a node does not take a pod: the first filter that refuses, in the order in which the scheduler asks them;
 * several reasons only where several resources run short, none where it takes the pod. Follows the filters of
 * kube-scheduler 1.35 with its default profile. Volumes and dynamic resources are not looked at: no pool
 * of the platform has them.
 */
export function refusalsOf(pod: SnapshotPod, seat: Seat, board: readonly Seat[]): string[] {
  const { node } = seat
  if (node.unschedulable && !toleratesCordon(pod)) return ['node is cordoned']
  if (!tolerates(pod, node)) return ['untolerated taint']
  if (!nodeMatches(pod, node)) return ['node selector or affinity']
  if (pod.hostPorts.some((port) => seat.pods.some(({ hostPorts }) => hostPorts.includes(port)))) {
    return ['host port taken']
  }
  const short = shortages(pod, seat)
  if (short.length > 0) return short
  const spread = spreadRefusal(pod, seat, board)
  if (spread) return ['topology spread']
  return keptApart(pod, seat, board) ? ['pod anti-affinity'] : []
}

/** Whether a node could ever take the pod, whatever is on it. */
export function isEligible(pod: SnapshotPod, { node }: Seat): boolean {
  return !(node.unschedulable && !toleratesCordon(pod)) && tolerates(pod, node) && nodeMatches(pod, node)
}

function toleratesCordon({ tolerations }: SnapshotPod): boolean {
  return tolerations.some(
    ({ key, operator, effect }) =>
      operator === 'Exists' &&
      (key === undefined || key === '' || key === 'node.kubernetes.io/unschedulable') &&
      (effect === undefined || effect === '' || effect === 'NoSchedule'),
  )
}

function shortages(pod: SnapshotPod, { node, used }: Seat): string[] {
  const full = (used['pods'] ?? 0) + 1 > (node.allocatable['pods'] ?? 0)
  const short = Object.entries(pod.requests)
    .filter(([name, amount]) => amount > 0 && amount > (node.allocatable[name] ?? 0) - (used[name] ?? 0))
    .map(([name]) => `insufficient ${name}`)
  return [...(full ? ['too many pods'] : []), ...short]
}

/** Required anti-affinity, both ways: what the pod will not share a domain with, and who will not share it with it. */
function keptApart(pod: SnapshotPod, seat: Seat, board: readonly Seat[]): boolean {
  return board.some((other) =>
    other.pods.some((there) => refuses(pod, there, [seat, other]) || refuses(there, pod, [seat, other])),
  )
}

function refuses(one: SnapshotPod, other: SnapshotPod, [here, there]: readonly [Seat, Seat]): boolean {
  return one.antiAffinity.some(({ topologyKey, labelSelector, namespaces = [] }) => {
    const domain = here.node.labels[topologyKey]
    if (domain === undefined || domain !== there.node.labels[topologyKey]) return false
    const meant = namespaces.length === 0 ? [one.namespace] : namespaces
    return meant.includes(other.namespace) && selects(labelSelector, other.labels)
  })
}
