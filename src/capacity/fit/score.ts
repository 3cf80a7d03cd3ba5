import type { SnapshotPod } from '../../snapshot/snapshot.ts'
import { type Seat, scoredRequest } from './board.ts'
import { countsOf } from './spread.ts'

const most = 100

/**
 * How much the scheduler would like the node, with the weights of the default profile: least allocated 1, balanced 1,
 * preferred spread 2. Preferences for labels, taints and other pods weigh nothing here: no pool has them.
 */
export function scoresOf(
  pod: SnapshotPod,
  seats: readonly Seat[],
  board: readonly Seat[],
): Map<Seat, number> {
  const spread = spreadScores(pod, seats, board)
  return new Map(
    seats.map((seat) => [
      seat,
      leastAllocated(pod, seat) + balanced(pod, seat) + 2 * (spread.get(seat) ?? 0),
    ]),
  )
}

/** Mean of what is left of cores and memory, in whole percent. */
function leastAllocated(pod: SnapshotPod, { node, scored }: Seat): number {
  const parts = ['cpu', 'memory'].flatMap((name) => {
    const there = node.allocatable[name] ?? 0
    if (there === 0) return []
    const used = (scored[name] ?? 0) + scoredRequest(pod, name)
    return [used > there ? 0 : Math.floor(((there - used) * most) / there)]
  })
  return parts.length === 0 ? 0 : Math.floor(parts.reduce((sum, part) => sum + part, 0) / parts.length)
}

/** How close cores and memory come to being used up alike. A pod that asks for neither is not weighed. */
function balanced(pod: SnapshotPod, { node, used }: Seat): number {
  const names = ['cpu', 'memory']
  if (names.every((name) => (pod.requests[name] ?? 0) === 0)) return 0
  const [cpu, memory] = names.map((name) => {
    const there = node.allocatable[name] ?? 0
    return there === 0 ? undefined : Math.min(1, ((used[name] ?? 0) + (pod.requests[name] ?? 0)) / there)
  })
  const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs(cpu - memory) / 2
  return Math.floor((1 - deviation) * most)
}

/** Fewer pods of the kind in the domain are better; the emptiest gets 100. */
function spreadScores(pod: SnapshotPod, seats: readonly Seat[], board: readonly Seat[]): Map<Seat, number> {
  const soft = pod.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway')
  if (soft.length === 0) return new Map()
  const raw = new Map<Seat, number>()
  for (const constraint of soft) {
    const counts = countsOf(pod, constraint, { board, constraints: soft })
    const weight = Math.log(counts.size + 2)
    for (const seat of seats) {
      const there = counts.get(seat.node.labels[constraint.topologyKey] ?? '') ?? 0
      raw.set(seat, (raw.get(seat) ?? 0) + there * weight + constraint.maxSkew - 1)
    }
  }
  const [low, high] = [Math.min(...raw.values()), Math.max(...raw.values())]
  return new Map(
    [...raw].map(([seat, score]) => [
      seat,
      high === 0 ? most : Math.floor((most * (high + low - score)) / high),
    ]),
  )
}
