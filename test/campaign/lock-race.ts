import type { Cluster } from '../../src/cluster/cluster.ts'
import { systemClock } from '../../src/clock.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { isFailure } from '../../src/failure.ts'
import { acquireLock } from '../../src/lock/acquire.ts'
import { systemRandom } from '../../src/random.ts'

export interface RaceResult {
  races: number
  /** Acquisitions that got the lock, of all that were tried. */
  won: number
  tried: number
  /** Times at which two had it at once: must be 0. */
  overlaps: number
  /** Fencing numbers that did not rise: must be 0. */
  repeatedNumbers: number
}

/**
 * Races for one Lease: in each, several contenders want it at the same moment, and whoever gets it holds it for a
 * moment in which nobody else may have it.
 */
export async function raceForLock(
  clusters: readonly Cluster[],
  { races, stack }: { races: number; stack: string },
): Promise<RaceResult> {
  const result = { races, won: 0, tried: 0, overlaps: 0, repeatedNumbers: 0 }
  const c = {
    clock: systemClock,
    random: systemRandom,
    host: new RecorderHost(),
    signal: new AbortController().signal,
  }
  let holding = 0
  let last = 0
  const contend = async (cluster: Cluster): Promise<void> => {
    result.tried += 1
    const input = { region: 'race', project: 'race', stack, cluster, command: 'race', runId: 'race' }
    const lock = await acquireLock(input, c).catch((error: unknown) => {
      if (isFailure(error) && error.code === 'LOCKED') return undefined
      throw error
    })
    if (!lock) return
    holding += 1
    result.won += 1
    if (holding > 1) result.overlaps += 1
    if (lock.fencingNumber <= last) result.repeatedNumbers += 1
    last = lock.fencingNumber
    await new Promise((resolve) => setImmediate(resolve))
    holding -= 1
    await lock.release()
  }
  for (let race = 0; race < races; race += 1) await Promise.all(clusters.map(contend))
  return result
}
