import { createHash } from 'node:crypto'

const held = 4096

/**
 * What happened, in order, as one running SHA-256 over doubles, so that two runs can be compared without keeping
 * either. The kernel adds four for an event (time, type, subject, detail); a model can add what it decided.
 */
export class EventLog {
  readonly #hash = createHash('sha256')
  readonly #values = new Float64Array(held)
  #filled = 0

  add(value: number): void {
    this.#values[this.#filled] = value
    this.#filled += 1
    if (this.#filled === held) this.#absorb()
  }

  /** Hexadecimal SHA-256 of all values so far; more can be added after it. */
  digest(): string {
    this.#absorb()
    return this.#hash.copy().digest('hex')
  }

  #absorb(): void {
    this.#hash.update(new Uint8Array(this.#values.buffer, 0, this.#filled * this.#values.BYTES_PER_ELEMENT))
    this.#filled = 0
  }
}
