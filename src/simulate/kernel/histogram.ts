const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/** Each power of two has 128 buckets: a percentile is off by at most 1/256 of itself. */
const bitsOfFraction = 7
const smallestExponent = -20
const largestExponent = 43
const bucketCount = (largestExponent - smallestExponent + 1) << bitsOfFraction
const firstKey = (smallestExponent + 1023) << bitsOfFraction

/**
 * Counts of values from 2⁻²⁰ (about 10⁻⁶; smaller ones count as 0) to 2⁴⁴ (larger ones count as the largest) in
 * 64 KiB, whatever their number. Mean, smallest and largest are exact. Two histograms of parts add up to that of
 * the whole, in any order.
 */
export class Histogram {
  readonly #counts = new Float64Array(bucketCount)
  #zeros = 0
  #count = 0
  #sum = 0
  #smallest = Infinity
  #largest = -Infinity

  get count(): number {
    return this.#count
  }

  get mean(): number | undefined {
    return this.#count > 0 ? this.#sum / this.#count : undefined
  }

  get smallest(): number | undefined {
    return this.#count > 0 ? this.#smallest : undefined
  }

  get largest(): number | undefined {
    return this.#count > 0 ? this.#largest : undefined
  }

  /** A value that is not negative. */
  add(value: number): void {
    if (!(value >= 0)) throw new RangeError(`a histogram holds no ${value}`)
    this.#count += 1
    this.#sum += value
    if (value < this.#smallest) this.#smallest = value
    if (value > this.#largest) this.#largest = value
    const bucket = bucketOf(value)
    if (bucket < 0) this.#zeros += 1
    else this.#counts[bucket] = (this.#counts[bucket] as number) + 1
  }

  merge(other: Histogram): void {
    other.#counts.forEach((count, bucket) => {
      if (count > 0) this.#counts[bucket] = (this.#counts[bucket] as number) + count
    })
    this.#zeros += other.#zeros
    this.#count += other.#count
    this.#sum += other.#sum
    this.#smallest = Math.min(this.#smallest, other.#smallest)
    this.#largest = Math.max(this.#largest, other.#largest)
  }

  /** The value that a share (0…1) of the samples does not exceed (nearest rank); undefined without samples. */
  percentile(share: number): number | undefined {
    if (this.#count === 0) return undefined
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = this.#zeros
    if (rank <= seen) return Math.min(0, this.#largest)
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      seen += this.#counts[bucket] as number
      if (rank <= seen) return Math.min(this.#largest, Math.max(this.#smallest, middleOf(bucket)))
    }
    return this.#largest
  }

  /** The share of samples that are at most `limit`, up to the bucket that holds it; undefined without samples. */
  shareUpTo(limit: number): number | undefined {
    if (this.#count === 0) return undefined
    if (limit >= this.#largest) return 1
    if (limit < 0) return 0
    const last = bucketOf(limit)
    let seen = this.#zeros
    for (let bucket = 0; bucket <= last; bucket += 1) seen += this.#counts[bucket] as number
    return seen / this.#count
  }
}

/** The exponent and the first bits of the fraction as they lie in a double; below 0 for what counts as 0. */
function bucketOf(value: number): number {
  float[0] = value
  const bucket = ((words[1] as number) >>> (20 - bitsOfFraction)) - firstKey
  return bucket < bucketCount ? bucket : bucketCount - 1
}

function middleOf(bucket: number): number {
  words[1] = ((bucket + firstKey) << (20 - bitsOfFraction)) | (1 << (19 - bitsOfFraction))
  words[0] = 0
  return float[0] as number
}
