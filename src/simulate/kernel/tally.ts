/** Mean and spread of samples in one pass (Welford), without keeping them. */
export class Tally {
  #count = 0
  #mean = 0
  #squares = 0

  get count(): number {
    return this.#count
  }

  get mean(): number | undefined {
    return this.#count > 0 ? this.#mean : undefined
  }

  /** Of the population that the samples come from (divided by count − 1). */
  get variance(): number | undefined {
    return this.#count > 1 ? this.#squares / (this.#count - 1) : undefined
  }

  add(value: number): void {
    this.#count += 1
    const off = value - this.#mean
    this.#mean += off / this.#count
    this.#squares += off * (value - this.#mean)
  }
}
