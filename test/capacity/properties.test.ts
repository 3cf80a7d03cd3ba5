import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atPeak } from '../../src/capacity/growth.ts'
import { type HorizonPlan, planHorizon } from '../../src/capacity/horizon.ts'
import { poolModels } from '../../src/capacity/pool-models.ts'
import type { RegionPool } from '../../src/capacity/pools.ts'
import { middle, sum } from '../../src/capacity/price-book.ts'
import { surviveModes, type Survive } from '../../src/capacity/survive.ts'
import { modelOf, withRegions } from './support.ts'

const peaks = fc.integer({ min: 1, max: 20_000 })
const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 })
const carried = 20
const base = modelOf({ overrides: { interviewsPerGpuNode: carried } })

function plan(peak: number, regionWeights: readonly number[], survive: Survive): HorizonPlan {
  const model = { ...base, survive }
  const regions = Object.fromEntries(
    Object.entries(withRegions(regionWeights.length)).map(([name, region], index) => [
      name,
      { ...region, weight: regionWeights[index] ?? 1 },
    ]),
  )
  return planHorizon(
    { ...model, specification: { ...model.specification, regions } },
    atPeak(model.growth, peak),
  )
}

/** Every interview of the peak is somewhere, and where it is there is room: per pool, with these instances left. */
function expectServed(
  result: HorizonPlan,
  left: (row: RegionPool) => number,
  share: Map<string, number>,
): void {
  const models = poolModels({
    specification: base.specification,
    parameters: base.parameters,
    interviewsPerNode: carried,
  })
  const peak = result.demand.peakConcurrentInterviews
  for (const { pool, regions } of result.pools) {
    for (const row of regions.filter(({ region }) => share.has(region))) {
      expect(left(row)).toBeGreaterThanOrEqual(models[pool].floor(peak * (share.get(row.region) ?? 0)))
    }
  }
}

function shares(regionWeights: readonly number[], lost?: number): Map<string, number> {
  const total = regionWeights.reduce((all, weight, index) => (index === lost ? all : all + weight), 0)
  return new Map(
    regionWeights.flatMap((weight, index): [string, number][] =>
      index === lost ? [] : [[`region-${index}`, weight / total]],
    ),
  )
}

describe('a plan, for 1 to 12 regions of any weight', () => {
  it('is never below demand, and each figure is at least the one before it', () => {
    fc.assert(
      fc.property(peaks, weights, (peak, of) => {
        const result = plan(peak, of, 'none')
        expectServed(result, ({ instances }) => instances, shares(of))
        for (const row of result.pools.flatMap(({ regions }) => regions)) {
          expect(row.queueAware).toBeGreaterThanOrEqual(row.floor)
          expect(row.instances).toBeGreaterThanOrEqual(row.queueAware)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('grows with the peak in every pool, region and figure', () => {
    fc.assert(
      fc.property(peaks, fc.integer({ min: 0, max: 3000 }), weights, (peak, more, of) => {
        const [small, large] = [plan(peak, of, 'none'), plan(peak + more, of, 'none')]
        small.pools.forEach(({ regions }, index) =>
          regions.forEach((row, at) => {
            const other = large.pools[index]?.regions[at]
            expect(other?.floor).toBeGreaterThanOrEqual(row.floor)
            expect(other?.queueAware).toBeGreaterThanOrEqual(row.queueAware)
            expect(other?.instances).toBeGreaterThanOrEqual(row.instances)
          }),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('still serves the peak when any one region is gone, if that is to be survived', () => {
    fc.assert(
      fc.property(peaks, weights, (peak, of) => {
        if (of.length < 2) return
        const result = plan(peak, of, 'region')
        of.forEach((_, lost) => expectServed(result, ({ instances }) => instances, shares(of, lost)))
      }),
      { numRuns: 60 },
    )
  })

  it('still serves the peak when any one zone is gone, if that is to be survived', () => {
    fc.assert(
      fc.property(peaks, weights, (peak, of) => {
        const result = plan(peak, of, 'zone')
        for (const lost of [0, 1, 2]) {
          const inLost = (row: RegionPool): number =>
            Math.floor(row.instances / row.zones) + (lost < row.instances % row.zones ? 1 : 0)
          expectServed(result, (row) => row.instances - inLost(row), shares(of))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('still serves the peak when any one node is gone, however full, if that is to be survived', () => {
    const perNode = { sfu: 1, asr: 8, tts: 8, llm: 1, evaluation: 4, api: 8 } as const
    fc.assert(
      fc.property(peaks, weights, (peak, of) => {
        const result = plan(peak, of, 'node')
        expectServed(result, (row) => row.instances - perNode[row.pool], shares(of))
      }),
      { numRuns: 60 },
    )
  })

  it('asks for no less with a loss than without', () => {
    fc.assert(
      fc.property(peaks, weights, fc.constantFrom(...surviveModes), (peak, of, survive) => {
        if (survive === 'region' && of.length < 2) return
        const [none, some] = [plan(peak, of, 'none'), plan(peak, of, survive)]
        none.pools.forEach(({ regions }, index) =>
          regions.forEach((row, at) =>
            expect(some.pools[index]?.regions[at]?.instances).toBeGreaterThanOrEqual(row.instances),
          ),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('costs what its parts cost, and no strategy takes it below zero or above the start', () => {
    fc.assert(
      fc.property(peaks, weights, (peak, of) => {
        const { cost, nodes } = plan(peak, of, 'none')
        expect(middle(sum(cost.items.map((item) => item.cost)))).toBeCloseTo(middle(cost.monthly), 4)
        for (const item of cost.items) {
          expect(item.after.low).toBeGreaterThanOrEqual(0)
          expect(item.after.low).toBeLessThanOrEqual(item.cost.low)
          expect(item.after.high).toBeLessThanOrEqual(item.cost.high)
        }
        expect(cost.stranded.high).toBeLessThanOrEqual(cost.monthly.high)
        for (const row of nodes) {
          const attributed = Object.values(row.byPool).reduce((all, part) => all + part, 0)
          expect(attributed).toBeCloseTo(row.nodes, 6)
          expect(row.fill).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      { numRuns: 60 },
    )
  })
})
