import { describe, expect, it } from 'vitest'
import { sensitivityOf } from '../../src/capacity/sensitivity.ts'
import { atMonth, atPeak, atRow, growthOf, inOrder } from '../../src/capacity/growth.ts'
import { planHorizon } from '../../src/capacity/horizon.ts'
import { monthText, parseMonth } from '../../src/capacity/month.ts'
import { offHomeShare, plainRingServers, boundedLoadServers } from '../../src/capacity/sfu.ts'
import { modelOf, planOf } from './support.ts'

function pool(plan: ReturnType<typeof planOf>, name: string) {
  const found = plan.pools.find((row) => row.pool === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

describe('the rows of the growth table', () => {
  it.each([
    ['current', 3, 5],
    ['y1', 13, 50],
    ['y2', 63, 200],
    ['y3', 125, 400],
  ])('%s: %i SFU servers and the table’s own %i GPU nodes', (row, servers, nodes) => {
    const plan = planOf(row)
    expect([pool(plan, 'sfu').floor, plan.gpu.needed, plan.gpu.short]).toEqual([servers, nodes, 0])
  })

  it.each([
    ['current', 20],
    ['y1', 20],
    ['y2', 25],
    ['y3', 25],
  ])('%s implies %i interviews per GPU node', (row, carried) => {
    expect(planOf(row).gpu).toMatchObject({ interviewsPerNode: carried, basis: 'growth table' })
  })

  it('stays within seven percent of the table’s storage', () => {
    for (const row of ['current', 'y1', 'y2', 'y3']) {
      const { terabytes, table = 0 } = planOf(row).storage
      expect(Math.abs(terabytes / table - 1)).toBeLessThan(0.07)
    }
  })
})

describe('year 2 with one region lost', () => {
  it('needs 96 SFU servers and 300 GPU nodes, 100 more than the row, unless a node carries 37.5', () => {
    const plan = planOf('y2', { survive: 'region' })
    expect(pool(plan, 'sfu').regions.map(({ surviveFloor }) => surviveFloor)).toEqual([32, 32, 32])
    expect(pool(plan, 'llm').regions.map(({ surviveFloor }) => surviveFloor)).toEqual([100, 100, 100])
    expect(plan.gpu).toMatchObject({ needed: 300, quota: 200, short: 100, wouldNeed: 37.5 })
  })

  it('fills the hash ring of the document first: 4,800 wanted of 1,024', () => {
    const { limits } = planOf('y2', { survive: 'region', changes: { affinity: { ringSlots: 1024 } } })
    expect(limits[0]).toMatchObject({ id: 'IV-RING-001', wanted: 4800, limit: 1024 })
  })

  it('moves by -48 and +75 nodes when a node carries a fifth more or less', () => {
    const model = modelOf({ survive: 'region' })
    const rows = sensitivityOf(model, atRow(model.growth, 'y2'))
    expect(rows.find(({ input }) => input === 'interviewsPerGpuNode')).toMatchObject({
      input: 'interviewsPerGpuNode',
      up: { gpuNodes: -48 },
      down: { gpuNodes: 75 },
    })
  })
})

describe('a point between two rows', () => {
  const growth = growthOf(modelOf().specification)

  it('grows by the same factor every month', () => {
    const half = atMonth(growth, parseMonth('2025-07') ?? 0)
    expect(half).toMatchObject({ monthlyInterviews: 31_623, peakConcurrentInterviews: 317 })
    expect(half.basis).toBe('between current and y1, geometric')
  })

  it('is the row itself where a row stands', () => {
    expect(atMonth(growth, parseMonth('2027-01') ?? 0)).toMatchObject({
      id: 'y2',
      peakConcurrentInterviews: 5000,
    })
  })

  it('is found by its peak, and scaled beyond the table', () => {
    expect(monthText(atPeak(growth, 3000).month)).toBe('2026-09')
    expect(atPeak(growth, 20_000)).toMatchObject({ monthlyInterviews: 2_000_000, gpuNodes: 800 })
  })

  it('is refused outside the table', () => {
    expect(() => atMonth(growth, parseMonth('2031-01') ?? 0)).toThrow(
      'outside the growth table, 2025-01 to 2028-01',
    )
  })

  it('does not depend on the order of the rows', () => {
    expect(inOrder([...growth].reverse())).toEqual(growth)
  })
})

describe('survival that no instance can buy', () => {
  it('of a region that is the only one', () => {
    const model = modelOf({ survive: 'region' })
    const { 'us-east': only } = model.specification.regions
    const alone = {
      ...model,
      specification: { ...model.specification, regions: only ? { 'us-east': only } : {} },
    }
    expect(() => planHorizon(alone, atRow(model.growth, 'y1'))).toThrow(
      'the loss of us-east cannot be survived',
    )
  })

  it('of a zone where a region has one', () => {
    const changes = { regions: { 'us-east': { zones: ['only'] } } }
    expect(() => planOf('y1', { survive: 'zone', changes })).toThrow('us-east has only one')
  })
})

describe('consistent hashing under a cap of 80', () => {
  const ring = { cap: 80, virtualNodes: 150 }

  it('agrees with hashing 10,000 sessions: 140 servers leave 1.6 % off home, 150 leave 0.5 %', () => {
    expect(offHomeShare(10_000, 140, ring) * 100).toBeCloseTo(1.6, 1)
    expect(offHomeShare(10_000, 150, ring) * 100).toBeCloseTo(0.58, 1)
  })

  it('saves a quarter of the servers that a plain ring needs', () => {
    const [bounded, plain] = [boundedLoadServers(10_000, ring, 0.02), plainRingServers(10_000, ring)]
    expect(bounded).toBeLessThanOrEqual(0.75 * plain)
  })
})
