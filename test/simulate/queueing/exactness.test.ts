import { describe, expect, it } from 'vitest'
import { inTime } from '../../support/figures.ts'
import { coverageOf, estimate } from './coverage.ts'
import { grid, meanDown } from './grid.ts'

describe('the kernel meets the closed forms of queueing theory', () => {
  it('has the sixty points', () => {
    expect(grid).toHaveLength(60)
    expect(new Set(grid.map(({ name }) => name)).size).toBe(60)
  })

  it('knows machine repair with as many repairers as machines: each is down for 1 of 1 + life', () => {
    expect(meanDown({ machines: 20, repairers: 20, life: 9 })).toBeCloseTo(2, 12)
  })

  // The campaign covers the whole grid, ten times as long; its result is checked in.
  it('at every load up to 0.9, with seeds 1…30', { timeout: 240_000 }, async () => {
    const points = grid.filter(({ utilization }) => utilization <= 0.9)
    const estimates = await inTime('queueing exactness', 60, async () =>
      points.map((point) => estimate(point, 1)),
    )
    const outside = estimates
      .filter(({ covered }) => !covered)
      .map(({ name, z }) => `${name} z=${z.toFixed(2)}`)
    const { covered, largestZ, meanError } = coverageOf(estimates)
    // 52 of 60, the lower end for a true 95 % interval, is 45 of these 52.
    expect(points).toHaveLength(52)
    expect(covered, outside.join('\n')).toBeGreaterThanOrEqual(45)
    expect(largestZ).toBeLessThanOrEqual(4)
    expect(Math.abs(meanError)).toBeLessThanOrEqual(0.005)
  })
})
