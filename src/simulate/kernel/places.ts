import { grown } from './grown.ts'

/** Small integers for things that come and go, the last one given back first, so that arrays by number stay short. */
export class Places {
  #free = new Int32Array(64)
  #freeCount = 0
  #used = 0

  /** How many numbers were ever given out; every number is below it. */
  get highest(): number {
    return this.#used
  }

  take(): number {
    if (this.#freeCount > 0) {
      this.#freeCount -= 1
      return this.#free[this.#freeCount] as number
    }
    this.#used += 1
    return this.#used - 1
  }

  giveBack(place: number): void {
    if (this.#freeCount === this.#free.length) this.#free = grown(this.#free, Int32Array)
    this.#free[this.#freeCount] = place
    this.#freeCount += 1
  }
}
