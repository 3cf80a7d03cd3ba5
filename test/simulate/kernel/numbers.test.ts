import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { upperTail } from '../../../src/capacity/normal.ts'
import { normalQuantile } from '../../../src/simulate/kernel/normal-quantile.ts'
import { exp, log, pow } from '../../../src/simulate/kernel/numbers.ts'

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)

/** How many doubles lie between two of one sign. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0
  float[0] = a
  const first = bits[0] ?? 0n
  float[0] = b
  return Math.abs(Number(first - (bits[0] ?? 0n)))
}

const runs = { numRuns: 20_000 }

describe('log, exp and pow', () => {
  it('log is within 2 units in the last place of Math.log, for every double', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noNaN: true }), (x) => {
        expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2)
      }),
      runs,
    )
  })

  it('log near 1 keeps its digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2)
      }),
      runs,
    )
  })

  it('exp is within 2 units of Math.exp, down to the smallest double', () => {
    fc.assert(
      fc.property(fc.double({ min: -760, max: 720, noNaN: true }), (x) => {
        expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2)
      }),
      runs,
    )
  })

  it('pow is within 2 units of Math.pow, however large the exponent', () => {
    const base = fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.double({ min: 0, noNaN: true }))
    const exponent = fc.oneof(
      fc.integer({ min: -400, max: 400 }),
      fc.double({ min: -800, max: 800, noNaN: true }),
    )
    fc.assert(
      fc.property(base, exponent, (x, y) => {
        expect(ulps(pow(x, y), Math.pow(x, y))).toBeLessThanOrEqual(2)
      }),
      runs,
    )
  })

  it.each([
    [log(1), 0],
    [log(0), -Infinity],
    [log(-1), Number.NaN],
    [log(Infinity), Infinity],
    [exp(0), 1],
    [exp(-Infinity), 0],
    [exp(Infinity), Infinity],
    [exp(Number.NaN), Number.NaN],
    [pow(2, 10), 1024],
    [pow(0, 3), 0],
    [pow(0, -3), Infinity],
    [pow(0.5, Infinity), 0],
    [pow(0.5, -Infinity), Infinity],
    [pow(7, 0), 1],
    [pow(-8, 3), Number.NaN],
  ])('at the edge: %d is %d', (is, expected) => {
    expect(is).toBe(expected)
  })

  it('gives these very bits: the reference that every version of Node must meet', () => {
    expect([log(10), exp(1), exp(-0.1), pow(1.1, 10), log(1e-300)]).toEqual([
      2.302585092994046, 2.7182818284590455, 0.9048374180359595, 2.5937424601000023, -690.7755278982137,
    ])
  })
})

describe('normalQuantile', () => {
  it('is the inverse of the normal distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (probability) => {
        expect(upperTail(-normalQuantile(probability)) / probability).toBeCloseTo(1, 8)
        expect(normalQuantile(1 - probability)).toBeCloseTo(-normalQuantile(probability), 3)
      }),
    )
  })

  it('knows the quantiles of every table', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(1e-15)).toBeCloseTo(-7.941345326170997, 9)
  })
})
