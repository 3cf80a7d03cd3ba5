import { Lines } from './lines.ts'
import { TimeAverage } from './time-average.ts'

interface ServersInput {
  count: number
  /** Priority classes of those who wait; class 0 is served first. */
  classes?: number
  /** How many may wait; unlimited where it is not said, 0 for a loss system. */
  room?: number
}

export type Admission = 'served' | 'waits' | 'refused'

/** A number of equal servers with one queue. It knows no time distribution: the model schedules the ends. */
export class Servers {
  readonly lines: Lines
  readonly busy = new TimeAverage()
  readonly waiting = new TimeAverage()
  readonly #room: number
  #count: number

  constructor(input: ServersInput) {
    this.lines = new Lines(input.classes ?? 1)
    this.#room = input.room ?? Infinity
    this.#count = input.count
  }

  get count(): number {
    return this.#count
  }

  /** `served` where a server is free now, and then it is taken. */
  admit(now: number, customer: number, priority = 0): Admission {
    if (this.busy.value < this.#count) {
      this.busy.add(now, 1)
      return 'served'
    }
    if (this.lines.length >= this.#room) return 'refused'
    this.lines.join(customer, priority)
    this.waiting.add(now, 1)
    return 'waits'
  }

  /** A server is done. Returns whom it serves next, or −1 where it is free now (or was one too many). */
  release(now: number): number {
    this.busy.add(now, -1)
    return this.serveNext(now)
  }

  /** Gives a free server to who waits first; −1 where no server is free or nobody waits. */
  serveNext(now: number): number {
    if (this.busy.value >= this.#count) return -1
    const customer = this.lines.take()
    if (customer < 0) return customer
    this.waiting.add(now, -1)
    this.busy.add(now, 1)
    return customer
  }

  /** Somebody who waits gives up; false for one who does not wait. */
  abandon(now: number, customer: number): boolean {
    if (!this.lines.leave(customer)) return false
    this.waiting.add(now, -1)
    return true
  }

  /** More or fewer servers. Those that are busy end what they do; call `serveNext` until −1 after adding some. */
  resize(count: number): void {
    this.#count = count
  }
}
