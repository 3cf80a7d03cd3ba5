import { createHash } from 'node:crypto'
import { exp, log } from './numbers.ts'
import { normalQuantile } from './normal-quantile.ts'

/**
 * A stream of random numbers: xoshiro128** (Blackman and Vigna), which passes BigCrush and has a period of 2^128 − 1.
 * Every distribution is by inversion, one uniform number per value, so that two variants of a model that draw from
 * the same streams meet the same luck (common random numbers).
 */
export class Stream {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(state: readonly [number, number, number, number]) {
    this.#a = state[0] | 0
    this.#b = state[1] | 0
    this.#c = state[2] | 0
    // A state of zeros would stay zero.
    this.#d = state[3] | 0 || 1
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    const scrambled = Math.imul(this.#b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  /** In the open interval (0, 1), with 52 random bits: never an end, so that every inversion is finite. */
  uniform(): number {
    const high = this.bits() >>> 6
    const low = this.bits() >>> 6
    return (high * 67108864 + low + 0.5) * 2.220446049250313e-16
  }

  uniformBetween(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** One of 0 … count − 1, for a count below 2^32. */
  integer(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  exponential(mean: number): number {
    return -mean * log(this.uniform())
  }

  normal(mean: number, deviation: number): number {
    return mean + deviation * normalQuantile(this.uniform())
  }

  /** exp of a normal value; `lognormalParameters` finds the two parameters. */
  lognormal({ mu, sigma }: LognormalParameters): number {
    return exp(this.normal(mu, sigma))
  }
}

export interface LognormalParameters {
  mu: number
  sigma: number
}

/** The lognormal distribution with this mean and this coefficient of variation (deviation over mean). */
export function lognormalParameters(mean: number, variation: number): LognormalParameters {
  const variance = log(1 + variation * variation)
  return { mu: log(mean) - variance / 2, sigma: Math.sqrt(variance) }
}

/**
 * The streams of one run. A process asks for its own by name and gets the same numbers whatever other processes
 * draw: the state is the SHA-256 of seed and name.
 */
export function streamsOf(seed: number): (name: string) => Stream {
  return (name) => {
    const digest = createHash('sha256').update(`${seed}/${name}`).digest()
    const word = (index: number): number => digest.readInt32LE(4 * index)
    return new Stream([word(0), word(1), word(2), word(3)])
  }
}
