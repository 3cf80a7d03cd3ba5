import { grown } from './grown.ts'

const none = -1

/**
 * First in, first out, once per priority class: who stands where is three integers per customer in typed arrays, so
 * that anyone can leave from the middle (a timeout) at no cost. A customer is a small integer, and stands in one
 * class at most.
 */
export class Lines {
  readonly #head: Int32Array
  readonly #foot: Int32Array
  #next = new Int32Array(64)
  #previous = new Int32Array(64)
  /** Class + 1; 0 for one who stands nowhere. */
  #place = new Int32Array(64)
  readonly #lengths: Int32Array
  #length = 0

  constructor(classes = 1) {
    this.#head = new Int32Array(classes).fill(none)
    this.#foot = new Int32Array(classes).fill(none)
    this.#lengths = new Int32Array(classes)
  }

  get length(): number {
    return this.#length
  }

  lengthOf(priority: number): number {
    return this.#lengths[priority] ?? 0
  }

  has(customer: number): boolean {
    return (this.#place[customer] ?? 0) > 0
  }

  /** Stands at the end of a class; class 0 is served first. */
  join(customer: number, priority = 0): void {
    while (customer >= this.#place.length) this.#grow()
    if (this.has(customer)) throw new RangeError(`customer ${customer} is in line already`)
    const foot = this.#foot[priority] as number
    this.#previous[customer] = foot
    this.#next[customer] = none
    this.#place[customer] = priority + 1
    if (foot === none) this.#head[priority] = customer
    else this.#next[foot] = customer
    this.#foot[priority] = customer
    this.#lengths[priority] = (this.#lengths[priority] as number) + 1
    this.#length += 1
  }

  /** Takes somebody out from wherever he stands; false for one who stands nowhere. */
  leave(customer: number): boolean {
    const priority = (this.#place[customer] ?? 0) - 1
    if (priority < 0) return false
    const before = this.#previous[customer] as number
    const after = this.#next[customer] as number
    if (before === none) this.#head[priority] = after
    else this.#next[before] = after
    if (after === none) this.#foot[priority] = before
    else this.#previous[after] = before
    this.#place[customer] = 0
    this.#lengths[priority] = (this.#lengths[priority] as number) - 1
    this.#length -= 1
    return true
  }

  /** Who is next: the longest waiting of the first class that has anybody; −1 where nobody waits. */
  first(): number {
    if (this.#length === 0) return none
    for (let priority = 0; ; priority += 1) {
      const customer = this.#head[priority] as number
      if (customer !== none) return customer
    }
  }

  /** The longest waiting of one class; −1 where nobody waits in it. */
  firstOf(priority: number): number {
    return this.#head[priority] ?? none
  }

  /** Takes out who is next; −1 where nobody waits. */
  take(): number {
    const customer = this.first()
    if (customer !== none) this.leave(customer)
    return customer
  }

  #grow(): void {
    this.#next = grown(this.#next, Int32Array)
    this.#previous = grown(this.#previous, Int32Array)
    this.#place = grown(this.#place, Int32Array)
  }
}
