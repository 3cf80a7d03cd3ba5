import type { SnapshotPod } from '../../snapshot/snapshot.ts'
import { put, type Seat } from './board.ts'
import { refusalsOf } from './filters.ts'
import { scoresOf } from './score.ts'

export interface Placement {
  placed: { pod: SnapshotPod; node: string }[]
  unplaced: Unplaced[]
}

export interface Unplaced {
  pod: SnapshotPod
  /** Nodes by why they do not take it. */
  reasons: Readonly<Record<string, number>>
  /** The one to deal with first: the most frequent among the nodes that are meant for the pod. */
  first: string
}

/** Picks one of so many. */
export type Draw = (count: number) => number

/**
 * Places pods one after another, each on the node that the scheduler would like best. Those that only a spread kept
 * off are tried again for as long as that helps; nothing else is undone by more pods, so for the others the reasons
 * stay those of their turn, as in the scheduler. Ends no running pod: what preemption would do is not what fits. Of
 * nodes that it likes alike the scheduler draws one; here it is the first by name unless `draw` says otherwise.
 */
export function place(board: readonly Seat[], pods: readonly SnapshotPod[], draw: Draw = () => 0): Placement {
  const placed: Placement['placed'] = []
  const refused = new Map<SnapshotPod, Refusals>()
  const attempt = (pod: SnapshotPod): void => {
    const refusals = new Map(board.map((seat) => [seat, refusalsOf(pod, seat, board)]))
    const open = board.filter((seat) => refusals.get(seat)?.length === 0)
    const seat = bestOf(open, { pod, board, draw })
    if (!seat) {
      refused.set(pod, refusals)
      return
    }
    put(seat, pod)
    placed.push({ pod, node: seat.node.name })
    refused.delete(pod)
  }
  pods.forEach(attempt)
  for (let before = -1; before !== placed.length; ) {
    before = placed.length
    for (const [pod, refusals] of refused) if (wasSpread(refusals)) attempt(pod)
  }
  // In the order in which they came, whenever they were tried last.
  const unplaced = pods.flatMap((pod) => {
    const refusals = refused.get(pod)
    return refusals ? [whyNot(pod, refusals)] : []
  })
  return { placed, unplaced }
}

type Refusals = ReadonlyMap<Seat, readonly string[]>

function wasSpread(refusals: Refusals): boolean {
  return [...refusals.values()].some((reasons) => reasons.includes('topology spread'))
}

function bestOf(
  open: readonly Seat[],
  { pod, board, draw }: { pod: SnapshotPod; board: readonly Seat[]; draw: Draw },
): Seat | undefined {
  const scores = scoresOf(pod, open, board)
  const top = Math.max(...scores.values())
  const best = open.filter((seat) => scores.get(seat) === top)
  return best[draw(best.length)]
}

function whyNot(pod: SnapshotPod, refusals: Refusals): Unplaced {
  const reasons: Record<string, number> = {}
  for (const reason of [...refusals.values()].flat()) reasons[reason] = (reasons[reason] ?? 0) + 1
  return { pod, reasons, first: firstReason(reasons) }
}

/** What says nothing of the nodes that are meant for the pod. */
const elsewhere = ['node selector or affinity', 'untolerated taint', 'node is cordoned']

/** Of several reasons the one to deal with first; `no nodes` where there is none. */
export function firstReason(reasons: Readonly<Record<string, number>>): string {
  const found = Object.entries(reasons).toSorted(
    ([left, many], [right, more]) =>
      elsewhere.indexOf(left) - elsewhere.indexOf(right) || more - many || (left < right ? -1 : 1),
  )
  return found[0]?.[0] ?? 'no nodes'
}
