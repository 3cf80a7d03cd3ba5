import { grown } from '../kernel/grown.ts'
import { Places } from '../kernel/places.ts'
import { classCount, classes } from './gpu.ts'
import { countWait, displace, occupy } from './gpu-places.ts'
import type { Region } from './region.ts'
import { retryDelayMs } from '../../resilience/schedule.ts'
import { events, type Handlers, type World } from './world.ts'

/** GPU requests of no turn that wait for a place: numbers that come and go. */
export class Background {
  readonly places = new Places()
  since = new Float64Array(256)
  /** Region, class and attempt, as `packed` has them. */
  what = new Int32Array(256)

  take(since: number, what: number): number {
    const number = this.places.take()
    if (number >= this.since.length) {
      this.since = grown(this.since, Float64Array)
      this.what = grown(this.what, Int32Array)
    }
    this.since[number] = since
    this.what[number] = what
    return number
  }
}

/** How long a rate may be out of date. */
const recheckMs = 1000
const real = 1
const mostRegions = 256

function packed(region: number, priority: number, attempt: number): number {
  return (attempt * mostRegions + region) * classCount + priority
}

/** Understanding while the candidate speaks, scoring, batch work. */
export const backgroundHandlers: Handlers = {
  /** Arrivals of one class in one region: a Poisson stream whose rate follows the interviews there. */
  background(world, subject, detail) {
    const region = world.regions[subject >> 2] as Region
    const priority = subject & 3
    if (detail === real && region.alive) request(world, packed(region.index, priority, 0))
    const rate = region.active * (world.constants.backgroundRates[priority] as number)
    const next = rate > 0 ? world.random.gpu.exponential(1 / rate) : Number.POSITIVE_INFINITY
    // The stream forgets its past: waiting a while and drawing again is the same stream at the rate of then.
    const handle = world.kernel.after(next < recheckMs ? next : recheckMs, events.background, subject)
    if (next < recheckMs) world.kernel.attach(handle, real)
  },
  backgroundRetry(world, what) {
    request(world, what)
  },
  backgroundShed(world, number, priority) {
    const what = world.background.what[number] as number
    const region = world.regions[(what >> 2) % mostRegions] as Region
    if (!region.llm.waiting.leave(number * 2 + 1)) return
    world.background.places.giveBack(number)
    if (priority === classes.critical) world.measures.shares['critical-shed'].hits += 1
    again(world, what)
  },
}

function request(world: World, what: number): void {
  const region = world.regions[(what >> 2) % mostRegions] as Region
  const priority = what & 3
  if (!region.alive) return
  if (priority === classes.critical) world.measures.shares['critical-shed'].of += 1
  const { llm } = region
  if (llm.capacity === 0) return again(world, what)
  if (llm.fits(priority) || evictFor(world, region, priority)) {
    occupy(world, region, priority)
    countWait(world, priority, 0)
    return
  }
  const number = world.background.take(world.kernel.now, what)
  llm.waiting.join(number * 2 + 1, priority)
  const bound = world.constants.waitBoundsMs[priority] as number
  world.kernel.attach(world.kernel.after(bound, events.backgroundShed, number), priority)
}

/** Makes room for a class that may preempt. What was pushed off its GPU begins anew, as a retry does. */
export function evictFor(world: World, region: Region, priority: number): boolean {
  const victim = displace(world, region, priority)
  if (victim < 0) return false
  again(world, packed(region.index, victim, 0))
  return true
}

/** A place for one that waited. */
export function serveBackground(
  world: World,
  region: Region,
  who: { number: number; priority: number },
): void {
  const { number, priority } = who
  countWait(world, priority, world.kernel.now - (world.background.since[number] as number))
  world.background.places.giveBack(number)
  occupy(world, region, priority)
}

/** What was refused comes again as its policy says, and is given up after the last attempt. */
function again(world: World, what: number): void {
  const priority = what & 3
  const attempt = Math.floor(what / (mostRegions * classCount))
  const policy = policyOf(world, priority)
  if (attempt >= policy.maxRetries) return
  const delay = retryDelayMs(policy, attempt, world.random.client.uniform())
  world.kernel.after(delay, events.backgroundRetry, packed((what >> 2) % mostRegions, priority, attempt + 1))
}

function policyOf({ retries }: World, priority: number) {
  if (priority === classes.critical) return retries['real-time-critical']
  return priority === classes.high ? retries.default : retries['batch-processing']
}
