import type { EventLog } from './event-log.ts'
import { grown } from './grown.ts'

/** What a model does when an event is due. `detail` is 0 unless `attach` gave the event one. */
export type Handler = (type: number, subject: number, detail: number) => void

interface KernelOptions {
  log?: EventLog
  /** Room for this many pending events before the first growth. */
  pending?: number
}

const none = -1

/**
 * The event loop of a simulation. Virtual time is a double in the model's own unit; events that are due at the same
 * time happen in the order in which they were scheduled. An event is a small integer for its type and one for its
 * subject, held in typed arrays: scheduling and handling one allocates nothing.
 *
 * Pending events are a 4-ary heap of (time, sequence). The root stays open while its handler runs, because most
 * handlers schedule a successor, which then sinks from there at once.
 */
export class Kernel {
  readonly #log: EventLog | undefined
  #now = 0
  #sequence = 0
  #stopped = false
  #size = 0
  #cancelled = 0
  #rootIsOpen = false
  #heapTime: Float64Array
  #heapSlot: Int32Array
  // By slot, a slot being where an event's data lies while it is pending.
  #order: Float64Array
  #type: Int32Array
  #subject: Int32Array
  #detail: Int32Array
  #free: Int32Array
  #freeCount = 0
  #slots = 0

  constructor(options: KernelOptions = {}) {
    const room = Math.max(16, options.pending ?? 1024)
    this.#log = options.log
    this.#heapTime = new Float64Array(room)
    this.#heapSlot = new Int32Array(room)
    this.#order = new Float64Array(room)
    this.#type = new Int32Array(room)
    this.#subject = new Int32Array(room)
    this.#detail = new Int32Array(room)
    this.#free = new Int32Array(room)
  }

  get now(): number {
    return this.#now
  }

  get pending(): number {
    return this.#size - this.#cancelled - (this.#rootIsOpen ? 1 : 0)
  }

  /** An event at a time that is not past; the type must not be negative. Returns a handle for `cancel`. */
  schedule(at: number, type: number, subject: number): number {
    if (!(at >= this.#now && at < Infinity)) throw outOfTime(at, this.#now, type)
    const slot = this.#takeSlot()
    this.#type[slot] = type
    this.#subject[slot] = subject
    this.#detail[slot] = 0
    this.#order[slot] = this.#sequence
    this.#sequence += 1
    if (this.#rootIsOpen) {
      this.#rootIsOpen = false
      this.#sink(0, at, slot)
    } else {
      this.#rise(at, slot)
    }
    return slot
  }

  /** An event after `delay` from now. */
  after(delay: number, type: number, subject: number): number {
    return this.schedule(this.#now + delay, type, subject)
  }

  /** Gives a pending event a second integer. */
  attach(handle: number, detail: number): void {
    this.#detail[handle] = detail
  }

  /**
   * Takes a pending event back. Type and subject guard against a stale handle, whose place another event has by now:
   * false, and nothing happens, where the handle does not stand for exactly that event.
   */
  cancel(handle: number, type: number, subject: number): boolean {
    if (!(handle >= 0 && handle < this.#slots)) return false
    if (this.#type[handle] !== type || this.#subject[handle] !== subject) return false
    this.#type[handle] = none
    this.#cancelled += 1
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#size) this.#compact()
    return true
  }

  /** Ends `run` after the event that is being handled. */
  stop(): void {
    this.#stopped = true
  }

  /**
   * Handles events in order up to and including time `until`, where the clock then stands, or until `stop`, or until
   * `atMost` events are handled. Returns how many were.
   */
  run(until: number, handle: Handler, atMost = Infinity): number {
    let handled = 0
    this.#stopped = false
    while (handled < atMost && this.#isDue(until)) {
      const slot = this.#heapSlot[0] as number
      this.#rootIsOpen = true
      const type = this.#type[slot] as number
      this.#freeSlot(slot)
      if (type === none) {
        this.#cancelled -= 1
        continue
      }
      this.#now = this.#heapTime[0] as number
      const subject = this.#subject[slot] as number
      const detail = this.#detail[slot] as number
      if (this.#log !== undefined) {
        this.#log.add(this.#now)
        this.#log.add(type)
        this.#log.add(subject)
        this.#log.add(detail)
      }
      handle(type, subject, detail)
      handled += 1
      if (this.#stopped) return handled
    }
    if (handled < atMost && until < Infinity && until > this.#now) this.#now = until
    return handled
  }

  #isDue(until: number): boolean {
    if (this.#rootIsOpen) this.#closeRoot()
    return this.#size > 0 && (this.#heapTime[0] as number) <= until
  }

  #closeRoot(): void {
    this.#rootIsOpen = false
    this.#size -= 1
    const last = this.#size
    if (last > 0) this.#sink(0, this.#heapTime[last] as number, this.#heapSlot[last] as number)
  }

  #rise(time: number, slot: number): void {
    let at = this.#size
    if (at === this.#heapTime.length) this.#growHeap()
    this.#size += 1
    const heapTime = this.#heapTime
    const heapSlot = this.#heapSlot
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = heapTime[parent] as number
      // The event that rises is the youngest: at an equal time it stays below.
      if (above <= time) break
      heapTime[at] = above
      heapSlot[at] = heapSlot[parent] as number
      at = parent
    }
    heapTime[at] = time
    heapSlot[at] = slot
  }

  #sink(from: number, time: number, slot: number): void {
    const heapTime = this.#heapTime
    const heapSlot = this.#heapSlot
    const size = this.#size
    const order = this.#order
    const own = order[slot] as number
    let at = from
    for (;;) {
      const first = at * 4 + 1
      if (first >= size) break
      let least = first
      let leastTime = heapTime[first] as number
      const end = first + 4 < size ? first + 4 : size
      for (let child = first + 1; child < end; child += 1) {
        const childTime = heapTime[child] as number
        if (childTime > leastTime) continue
        if (childTime === leastTime && this.#isYounger(child, least)) continue
        least = child
        leastTime = childTime
      }
      if (leastTime > time) break
      const leastSlot = heapSlot[least] as number
      if (leastTime === time && (order[leastSlot] as number) > own) break
      heapTime[at] = leastTime
      heapSlot[at] = leastSlot
      at = least
    }
    heapTime[at] = time
    heapSlot[at] = slot
  }

  #isYounger(a: number, b: number): boolean {
    const orderOfA = this.#order[this.#heapSlot[a] as number] as number
    const orderOfB = this.#order[this.#heapSlot[b] as number] as number
    return orderOfA > orderOfB
  }

  /** Drops the cancelled entries and builds the heap anew; (time, sequence) is a total order, so no event moves. */
  #compact(): void {
    if (this.#rootIsOpen) this.#closeRoot()
    let kept = 0
    for (let at = 0; at < this.#size; at += 1) {
      const slot = this.#heapSlot[at] as number
      if (this.#type[slot] === none) {
        this.#freeSlot(slot)
        continue
      }
      this.#heapTime[kept] = this.#heapTime[at] as number
      this.#heapSlot[kept] = slot
      kept += 1
    }
    this.#size = kept
    this.#cancelled = 0
    for (let at = (kept - 2) >> 2; at >= 0; at -= 1) {
      this.#sink(at, this.#heapTime[at] as number, this.#heapSlot[at] as number)
    }
  }

  #takeSlot(): number {
    if (this.#freeCount > 0) {
      this.#freeCount -= 1
      return this.#free[this.#freeCount] as number
    }
    if (this.#slots === this.#type.length) this.#growSlots()
    this.#slots += 1
    return this.#slots - 1
  }

  #freeSlot(slot: number): void {
    this.#type[slot] = none
    this.#free[this.#freeCount] = slot
    this.#freeCount += 1
  }

  #growHeap(): void {
    this.#heapTime = grown(this.#heapTime, Float64Array)
    this.#heapSlot = grown(this.#heapSlot, Int32Array)
  }

  #growSlots(): void {
    this.#order = grown(this.#order, Float64Array)
    this.#type = grown(this.#type, Int32Array)
    this.#subject = grown(this.#subject, Int32Array)
    this.#detail = grown(this.#detail, Int32Array)
    this.#free = grown(this.#free, Int32Array)
  }
}

function outOfTime(at: number, now: number, type: number): RangeError {
  return new RangeError(`event of type ${type} at ${at}, which is not a time from ${now} on`)
}
