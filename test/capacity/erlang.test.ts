import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erlangB, erlangC, queueAtMost, smallestServers, waitAtMost } from '../../src/capacity/erlang.ts'
import { expectedExcess, upperTail } from '../../src/capacity/normal.ts'

/** The textbook sums in whole numbers, with the load as a fraction: nothing is rounded before the last division. */
function exact(servers: number, [over, under]: readonly [number, number]): { b: number; c: number } {
  const [a, d] = [BigInt(over), BigInt(under)]
  const digits = 10n ** 30n
  let term = digits
  let sum = digits
  for (let k = 1n; k <= BigInt(servers); k += 1n) {
    term = (term * a) / (k * d)
    sum += term
  }
  const waiting = (term * BigInt(servers) * d) / (BigInt(servers) * d - a)
  return { b: ratio(term, sum), c: ratio(waiting, sum - term + waiting) }
}

function ratio(part: bigint, whole: bigint): number {
  return Number((part * 10n ** 15n) / whole) / 1e15
}

describe('Erlang B', () => {
  it.each([
    [1, 1, 0.5],
    [2, 1, 0.2],
    [5, 3, 0.110054],
    [10, 5, 0.018385],
  ])('%i servers at %f Erlangs block %f, as the published tables say', (servers, load, published) => {
    expect(erlangB(servers, load)).toBeCloseTo(published, 6)
  })

  it.each([
    [1, [9, 10]],
    [20, [18, 1]],
    [80, [72, 1]],
    [100, [84, 1]],
    [150, [1401, 10]],
  ] as const)('%i servers at %j: six digits of the exact sums, as does Erlang C', (servers, load) => {
    const { b, c } = exact(servers, load)
    expect(erlangB(servers, load[0] / load[1])).toBeCloseTo(b, 9)
    expect(erlangC(servers, load[0] / load[1])).toBeCloseTo(c, 9)
  })

  it('stays between 0 and 1 where factorials overflow', () => {
    expect(erlangB(100_000, 99_000)).toBeGreaterThan(0)
    expect(erlangB(100_000, 200_000)).toBeCloseTo(0.5, 3)
    expect(erlangB(5, 0)).toBe(0)
  })
})

describe('Erlang C', () => {
  it.each([
    [1, 0.9, 0.9],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    [10, 8, 0.40918],
  ])('%i servers at %f Erlangs let %f wait', (servers, load, published) => {
    expect(erlangC(servers, load)).toBeCloseTo(published, 6)
  })

  it.each([
    [20, 18, 0.5508],
    [80, 72, 0.2631],
    [800, 760, 0.0979],
  ])('%i servers at %f Erlangs: %f to the four digits of the reference', (servers, load, published) => {
    expect(erlangC(servers, load)).toBeCloseTo(published, 4)
  })

  it('lets everybody wait at an overload, and nobody without load', () => {
    expect(erlangC(5, 5)).toBe(1)
    expect(erlangC(5, 0)).toBe(0)
  })

  it('the least servers meet the target, one fewer does not', () => {
    const targets = [queueAtMost(10, 0.01), waitAtMost({ waitMs: 100, serviceMs: 1500 }, 0.01)]
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 0.01, max: 500, noNaN: true }),
          fc.double({ min: 500, max: 20_000, noNaN: true }),
        ),
        fc.constantFrom(...targets),
        (load, target) => {
          const servers = smallestServers(load, target)
          const meets = (n: number): boolean =>
            n > load && target({ servers: n, load, waiting: erlangC(n, load) })
          expect([meets(servers), meets(servers - 1)]).toEqual([true, false])
        },
      ),
    )
  })
})

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.158655253931],
    [1.959963984540054, 0.025],
    [3, 0.001349898032],
    [4, 0.000031671242],
    [-2, 0.977249868052],
  ])('lies above %f with %f', (z, tail) => {
    expect(upperTail(z)).toBeCloseTo(tail, 9)
  })

  it('exceeds 0 by 1/√2π on average', () => {
    expect(expectedExcess(0)).toBeCloseTo(0.398942280401, 9)
  })
})
