/** A value that holds between changes (customers present, servers busy), averaged over time. */
export class TimeAverage {
  #value: number
  #since: number
  #changed: number
  #area = 0
  #largest: number

  constructor(value = 0, now = 0) {
    this.#value = value
    this.#since = now
    this.#changed = now
    this.#largest = value
  }

  get value(): number {
    return this.#value
  }

  get largest(): number {
    return this.#largest
  }

  set(now: number, value: number): void {
    this.#area += this.#value * (now - this.#changed)
    this.#changed = now
    this.#value = value
    if (value > this.#largest) this.#largest = value
  }

  add(now: number, difference: number): void {
    this.set(now, this.#value + difference)
  }

  /** Forgets what was until now (the warm-up), not the value. */
  restart(now: number): void {
    this.#since = now
    this.#changed = now
    this.#area = 0
    this.#largest = this.#value
  }

  /** The value times the time that it held, summed until now. */
  area(now: number): number {
    return this.#area + this.#value * (now - this.#changed)
  }

  /** The mean until now; undefined where no time has passed. */
  mean(now: number): number | undefined {
    const span = now - this.#since
    return span > 0 ? this.area(now) / span : undefined
  }
}
