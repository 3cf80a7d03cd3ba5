import type { LabelSelector, SnapshotPod } from '../../snapshot/snapshot.ts'
import type { Seat } from './board.ts'
import { nodeMatches, selects, tolerates } from './match.ts'

type Constraint = SnapshotPod['spread'][number]

/** Whether a required spread constraint keeps the pod from the node. */
export function spreadRefusal(pod: SnapshotPod, { node }: Seat, board: readonly Seat[]): boolean {
  const hard = pod.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
  return hard.some((constraint) => {
    const domain = node.labels[constraint.topologyKey]
    if (domain === undefined) return true
    const counts = countsOf(pod, constraint, { board, constraints: hard })
    const fewest = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values())
    const own = selects(selectorOf(constraint, pod), pod.labels) ? 1 : 0
    return (counts.get(domain) ?? 0) + own - fewest > constraint.maxSkew
  })
}

/** Pods that the constraint counts, in each domain that it sees; domains without one are there with 0. */
export function countsOf(
  pod: SnapshotPod,
  constraint: Constraint,
  { board, constraints }: { board: readonly Seat[]; constraints: readonly Constraint[] },
): Map<string, number> {
  const selector = selectorOf(constraint, pod)
  const counts = new Map<string, number>()
  for (const { node, pods } of board) {
    const domain = node.labels[constraint.topologyKey]
    // A node without all of the keys belongs to no domain.
    if (domain === undefined || constraints.some(({ topologyKey }) => node.labels[topologyKey] === undefined))
      continue
    if (constraint.nodeAffinityPolicy !== 'Ignore' && !nodeMatches(pod, node)) continue
    if (constraint.nodeTaintsPolicy === 'Honor' && !tolerates(pod, node)) continue
    const there = pods.filter(
      ({ namespace, labels }) => namespace === pod.namespace && selects(selector, labels),
    )
    counts.set(domain, (counts.get(domain) ?? 0) + there.length)
  }
  return counts
}

/** `matchLabelKeys` narrows the selector to pods with the same value, such as those of one revision. */
function selectorOf(
  { labelSelector, matchLabelKeys = [] }: Constraint,
  pod: SnapshotPod,
): LabelSelector | undefined {
  const same = matchLabelKeys.flatMap((key) => {
    const value = pod.labels[key]
    return value === undefined ? [] : [[key, value] as const]
  })
  if (!labelSelector || same.length === 0) return labelSelector
  return { ...labelSelector, matchLabels: { ...labelSelector.matchLabels, ...Object.fromEntries(same) } }
}
