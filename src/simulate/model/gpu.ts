import { Lines } from '../kernel/lines.ts'
import { Pool } from './pool.ts'

export const classes = { critical: 0, high: 1, medium: 2, low: 3 } as const
export const classCount = 4

export interface GpuShares {
  /** Of all places, kept for CRITICAL and HIGH, and for MEDIUM and LOW; the rest is open to everybody. */
  realTime: number
  batch: number
}

/**
 * The GPU nodes of a region: places on the running batches, four classes of requests. Times of requests are
 * exponential, so that of those that run nobody needs to be known: one that is evicted leaves an end behind that
 * will find nothing to end, and which end that is does not matter.
 */
export class GpuPool extends Pool {
  readonly running = new Int32Array(classCount)
  /** Ends that are still scheduled for requests that no longer run. */
  readonly orphans = new Int32Array(classCount)
  readonly waiting = new Lines(classCount)
  readonly #shares: GpuShares
  lent = false

  constructor(placesEach: number, zones: number, shares: GpuShares) {
    super(placesEach, zones)
    this.#shares = shares
  }

  /** May one more of this class run now? */
  fits(priority: number): boolean {
    const { capacity } = this
    if (this.busy >= capacity) return false
    if (this.lent && priority <= classes.high) return true
    const realTime = (this.running[0] as number) + (this.running[1] as number)
    if (priority <= classes.high) return realTime < capacity * (1 - this.#shares.batch)
    return this.busy - realTime < capacity * (1 - this.#shares.realTime)
  }

  begin(priority: number): void {
    this.running[priority] = (this.running[priority] as number) + 1
    this.busy += 1
  }

  end(priority: number): void {
    this.running[priority] = (this.running[priority] as number) - 1
    this.busy -= 1
  }

  /** Ends `count` running requests before their time. */
  drop(priority: number, count: number): void {
    this.running[priority] = (this.running[priority] as number) - count
    this.orphans[priority] = (this.orphans[priority] as number) + count
    this.busy -= count
  }

  /** Part of all places in use, 0 to 1. */
  get utilization(): number {
    const { capacity } = this
    return capacity === 0 ? 0 : Math.min(1, this.busy / capacity)
  }
}
