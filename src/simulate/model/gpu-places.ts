import type { TimeMetric } from '../criteria/metrics.ts'
import { classCount } from './gpu.ts'
import type { Region } from './region.ts'
import { events, type World } from './world.ts'

const waits: readonly TimeMetric[] = ['critical-wait', 'high-wait', 'medium-wait', 'low-wait']

export function countWait(world: World, priority: number, ms: number): void {
  world.measures.times[waits[priority] as TimeMetric].add(ms)
}

/** Takes a place for one request and schedules its end. */
export function occupy(world: World, region: Region, priority: number): void {
  region.llm.begin(priority)
  const ms = world.random.gpu.exponential(world.constants.serviceMs) * pace(world, region)
  world.kernel.after(ms, events.placeFree, region.index * classCount + priority)
}

/** Batching: a request takes longer the fuller the node is, and the capacity plan's time at the threshold. */
export function pace({ numbers, capacity }: World, { llm }: Region): number {
  const above = llm.utilization - capacity.gpuUtilization / 100
  return llm.slow * (1 + (numbers.llmBatchPercent / 100) * above)
}

/**
 * A class that may preempt ends one running request of the lowest class that may be a victim.
 * @returns the class of the victim; −1 where there is none whose place this class may use.
 */
export function displace({ constants }: World, { llm }: Region, priority: number): number {
  if (constants.preempts[priority] !== true || llm.capacity === 0) return -1
  for (let victim = classCount - 1; victim > priority; victim -= 1) {
    if (constants.evictable[victim] !== true || (llm.running[victim] as number) === 0) continue
    llm.end(victim)
    if (llm.fits(priority)) {
      llm.orphans[victim] = (llm.orphans[victim] as number) + 1
      return victim
    }
    llm.begin(victim)
  }
  return -1
}
