import { describe, expect, it } from 'vitest'
import { lognormalParameters, Stream, streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { Tally } from '../../../src/simulate/kernel/tally.ts'

const draws = 200_000
const fresh = (): Stream => streamsOf(1)('test')

function tallied(draw: () => number): { mean: number; variance: number; standardError: number } {
  const tally = new Tally()
  for (let count = 0; count < draws; count += 1) tally.add(draw())
  const variance = tally.variance ?? 0
  return { mean: tally.mean ?? 0, variance, standardError: Math.sqrt(variance / draws) }
}

describe('streams', () => {
  it('give the same numbers for the same seed and name, whatever else is drawn', () => {
    const once = streamsOf(7)
    const again = streamsOf(7)
    again('other').bits()
    const other = again('arrivals')
    const first = once('arrivals')
    for (let count = 0; count < 100; count += 1) expect(first.bits()).toBe(other.bits())
    expect(streamsOf(7)('arrivals').uniform()).not.toBe(streamsOf(8)('arrivals').uniform())
    expect(once('a').uniform()).not.toBe(once('b').uniform())
  })

  it('start with these very numbers: a change of them changes every published result', () => {
    const stream = fresh()
    expect([stream.bits(), stream.bits(), stream.uniform()]).toMatchInlineSnapshot(`
      [
        1552477507,
        -893749935,
        0.9732067435348509,
      ]
    `)
  })

  it('follow the generator as it was published (state 1, 2, 3, 4)', () => {
    const stream = new Stream([1, 2, 3, 4])
    const unsigned = Array.from({ length: 5 }, () => stream.bits() >>> 0)
    expect(unsigned).toEqual([11520, 0, 5927040, 70819200, 2031721883])
  })

  const moments: readonly { name: string; mean: number; variance: number; draw: (s: Stream) => number }[] = [
    { name: 'uniform', mean: 1 / 2, variance: 1 / 12, draw: (s) => s.uniform() },
    { name: 'uniform between', mean: 4, variance: 4 / 12, draw: (s) => s.uniformBetween(3, 5) },
    { name: 'integer', mean: 4.5, variance: 99 / 12, draw: (s) => s.integer(10) },
    { name: 'chance', mean: 0.3, variance: 0.21, draw: (s) => (s.chance(0.3) ? 1 : 0) },
    { name: 'exponential', mean: 3, variance: 9, draw: (s) => s.exponential(3) },
    { name: 'normal', mean: -2, variance: 25, draw: (s) => s.normal(-2, 5) },
    { name: 'lognormal', mean: 10, variance: 25, draw: (s) => s.lognormal(lognormalParameters(10, 0.5)) },
  ]
  it.each(moments)('$name has its mean and its variance', ({ mean, variance, draw }) => {
    const stream = fresh()
    const seen = tallied(() => draw(stream))
    expect(Math.abs(seen.mean - mean) / seen.standardError).toBeLessThan(4)
    expect(seen.variance / variance).toBeGreaterThan(0.96)
    expect(seen.variance / variance).toBeLessThan(1.04)
  })

  it('a uniform number is never an end of its interval', () => {
    const stream = fresh()
    let least = 1
    let most = 0
    for (let count = 0; count < draws; count += 1) {
      const value = stream.uniform()
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
    expect(least).toBeGreaterThan(0)
    expect(most).toBeLessThan(1)
  })

  it('fill a thousand equal parts evenly, and so do pairs of successive numbers', () => {
    const parts = 1024
    const single = new Float64Array(parts)
    const paired = new Float64Array(parts)
    const stream = fresh()
    for (let count = 0; count < draws; count += 1) {
      const first = stream.integer(32)
      const second = stream.integer(32)
      paired[32 * first + second] = (paired[32 * first + second] ?? 0) + 1
      const part = stream.integer(parts)
      single[part] = (single[part] ?? 0) + 1
    }
    for (const counts of [single, paired]) {
      const expected = draws / parts
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      // 1023 degrees of freedom: mean 1023, deviation 45.2.
      expect(Math.abs(chiSquare - 1023) / 45.2).toBeLessThan(4)
    }
  })
})
