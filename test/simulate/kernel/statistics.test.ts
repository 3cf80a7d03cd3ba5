import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Histogram } from '../../../src/simulate/kernel/histogram.ts'
import { Tally } from '../../../src/simulate/kernel/tally.ts'
import { TimeAverage } from '../../../src/simulate/kernel/time-average.ts'

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.add(value)
  return histogram
}

// Drawn as doubles alone, most would be too small to tell from 0.
const sample = fc.oneof(
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.integer({ min: 0, max: 1_000_000 }).map((thousandths) => thousandths / 1000),
)
const samples = fc.array(sample, { minLength: 1, maxLength: 200, size: 'medium' })
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

describe('Histogram', () => {
  it('gives percentiles within 1/256 of those of the sorted samples', () => {
    fc.assert(
      fc.property(samples, share, (values, part) => {
        const sorted = values.toSorted((a, b) => a - b)
        const exact = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0
        const found = histogramOf(values).percentile(part) ?? -1
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 256 + 2 ** -20)
      }),
    )
  })

  it('merged from parts in any order is that of the whole', () => {
    fc.assert(
      fc.property(samples, samples, (first, second) => {
        const merged = histogramOf(second)
        merged.merge(histogramOf(first))
        const whole = histogramOf([...first, ...second])
        expect(merged.count).toBe(whole.count)
        expect([merged.smallest, merged.largest]).toEqual([whole.smallest, whole.largest])
        for (const part of [0, 0.5, 0.95, 0.99, 1]) {
          expect(merged.percentile(part)).toBe(whole.percentile(part))
        }
      }),
    )
  })

  it('without samples has no figures: nothing is not zero', () => {
    const empty = new Histogram()
    expect([empty.percentile(0.5), empty.mean, empty.smallest, empty.largest, empty.shareUpTo(1)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('counts zeros, and values beyond its largest bucket', () => {
    const histogram = histogramOf([0, 0, 0, 1e300])
    expect(histogram.percentile(0.75)).toBe(0)
    expect(histogram.largest).toBe(1e300)
    expect(histogram.shareUpTo(0)).toBe(0.75)
    expect(histogram.shareUpTo(-1)).toBe(0)
    expect(histogram.shareUpTo(1e300)).toBe(1)
  })

  it('tells the share up to a limit', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(histogram.shareUpTo(60)).toBe(0.6)
    expect(histogram.mean).toBe(50.5)
  })

  it.each([-1, Number.NaN])('refuses %d', (value) => {
    expect(() => histogramOf([value])).toThrow(`a histogram holds no ${value}`)
  })
})

describe('TimeAverage', () => {
  it('weighs each value with the time that it held', () => {
    const present = new TimeAverage()
    present.set(2, 5)
    present.add(6, -4)
    expect(present.mean(10)).toBe((0 * 2 + 5 * 4 + 1 * 4) / 10)
    expect(present.largest).toBe(5)
    expect(present.value).toBe(1)
  })

  it('forgets the warm-up and keeps the value', () => {
    const present = new TimeAverage(3)
    present.set(5, 7)
    present.restart(10)
    expect(present.mean(10)).toBeUndefined()
    present.set(14, 1)
    expect(present.mean(18)).toBe((7 * 4 + 1 * 4) / 8)
    expect(present.largest).toBe(7)
  })
})

describe('Tally', () => {
  it('has the mean and variance of its samples', () => {
    const tally = new Tally()
    expect([tally.mean, tally.variance]).toEqual([undefined, undefined])
    for (const value of [2, 4, 4, 4, 5, 5, 7, 9]) tally.add(value)
    expect(tally.count).toBe(8)
    expect(tally.mean).toBe(5)
    expect(tally.variance).toBeCloseTo(32 / 7, 12)
  })
})
