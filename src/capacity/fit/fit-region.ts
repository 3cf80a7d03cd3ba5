import type { RegionSnapshot, SnapshotPod } from '../../snapshot/snapshot.ts'
import type { Platform } from '../../spec/platform.ts'
import type { PoolName } from '../../spec/schema/pool.ts'
import { podsFor, type Wanted } from './added.ts'
import { boardOf, type Seat } from './board.ts'
import { isEligible } from './filters.ts'
import { place, type Unplaced } from './place.ts'
import { Quotas } from './quota.ts'

export interface Hole {
  node: string
  /** Cores, bytes and pieces that nothing has asked for. */
  cpu: number
  memory: number
  gpus: number
}

export interface FitPool {
  region: string
  pool: PoolName
  wanted: number
  placed: number
  shortBy: number
  /** What to deal with first; null where everything fits. */
  reason: string | null
  /** Nodes by why they do not take one more; empty where a quota is the reason. */
  reasons: Readonly<Record<string, number>>
  /** The node of this pool's kind with most room left, after everything else was placed. */
  largestHole: Hole | null
}

/** Adds instances to one region, largest first, as an autoscaler would that adds them all at once. */
export function fitRegion(platform: Platform, region: RegionSnapshot, wanted: readonly Wanted[]): FitPool[] {
  const board = boardOf(region)
  const quotas = new Quotas(region.quotas)
  return wanted.map((one) => {
    const refused: string[] = []
    const pods = podsFor(platform, region, one).filter((pod) => {
      const why = quotas.admit(pod)
      if (why !== undefined) refused.push(why)
      return why === undefined
    })
    const { placed, unplaced } = place(board, pods)
    const [like] = podsFor(platform, region, { ...one, count: 1 })
    return {
      region: region.region,
      pool: one.pool,
      wanted: one.count,
      placed: placed.length,
      shortBy: one.count - placed.length,
      ...why(unplaced, refused),
      largestHole: like ? largestHole(board, like) : null,
    }
  })
}

function why([first]: readonly Unplaced[], [quota]: readonly string[]): Pick<FitPool, 'reason' | 'reasons'> {
  if (first) return { reason: first.first, reasons: first.reasons }
  return { reason: quota ?? null, reasons: {} }
}

function largestHole(board: readonly Seat[], pod: SnapshotPod): Hole | null {
  const free = ({ node, used }: Seat, name: string): number =>
    Math.max(0, (node.allocatable[name] ?? 0) - (used[name] ?? 0))
  const [best] = board
    .filter((seat) => isEligible(pod, seat))
    .map((seat) => ({
      node: seat.node.name,
      cpu: free(seat, 'cpu') / 1000,
      memory: free(seat, 'memory'),
      gpus: free(seat, 'nvidia.com/gpu'),
    }))
    .toSorted((left, right) => right.gpus - left.gpus || right.cpu - left.cpu || right.memory - left.memory)
  return best ?? null
}
