import { Lines } from '../kernel/lines.ts'

export const states = { starting: 0, ready: 1, down: 2, gone: 3 } as const

export interface Instance {
  state: number
  zone: number
  /** Whose work is in hand, for pools that know who does what. */
  held: Set<number>
}

/**
 * Instances with a number of slots each and one queue. Work that runs when an instance leaves in good order is
 * handed over; what a kill takes away is the model's business.
 */
export class Pool {
  readonly instances: Instance[] = []
  readonly lines = new Lines()
  readonly slotsEach: number
  busy = 0
  ready = 0
  /** Wanted by the autoscaler: ready, starting and down ones. */
  wanted = 0
  /** A fault that holds the whole pool down: what starts meanwhile serves only afterwards. */
  held = false
  slow = 1
  #next = 0
  readonly #zones: number

  constructor(slotsEach: number, zones: number) {
    this.slotsEach = slotsEach
    this.#zones = zones
  }

  get capacity(): number {
    return this.held ? 0 : this.ready * this.slotsEach
  }

  get full(): boolean {
    return this.busy >= this.capacity
  }

  /** A new instance, in the zone that has fewest. Returns its number. */
  start(state: number): number {
    const perZone = Array.from({ length: this.#zones }, () => 0)
    for (const { zone, state: now } of this.instances) {
      if (now !== states.gone) perZone[zone] = (perZone[zone] ?? 0) + 1
    }
    const zone = perZone.indexOf(Math.min(...perZone))
    this.instances.push({ state, zone, held: new Set() })
    this.wanted += 1
    if (state === states.ready) this.ready += 1
    return this.instances.length - 1
  }

  change(number: number, state: number): void {
    const instance = this.instances[number]
    if (!instance || instance.state === state) return
    if (instance.state === states.ready) this.ready -= 1
    if (state === states.ready) this.ready += 1
    if (state === states.gone) this.wanted -= 1
    instance.state = state
  }

  /** Takes a slot of a particular instance for somebody, in turn; −1 where all are full. */
  takeSlot(customer: number): number {
    if (this.full) return -1
    for (let step = 0; step < this.instances.length; step += 1) {
      this.#next = this.#next + 1 >= this.instances.length ? 0 : this.#next + 1
      const instance = this.instances[this.#next] as Instance
      if (instance.state !== states.ready || instance.held.size >= this.slotsEach) continue
      instance.held.add(customer)
      this.busy += 1
      return this.#next
    }
    return -1
  }

  freeSlot(number: number, customer: number): void {
    if (this.instances[number]?.held.delete(customer) === true) this.busy -= 1
  }

  /** Whose work an instance has in hand, in order of number. */
  heldBy(number: number): number[] {
    return [...(this.instances[number]?.held ?? [])].toSorted((left, right) => left - right)
  }

  /** Numbers of the instances in a state. */
  numbersIn(state: number): number[] {
    return this.instances.flatMap((instance, number) => (instance.state === state ? [number] : []))
  }
}
