import type { Finding } from '../failure.ts'
import type { PoolName } from '../spec/schema/pool.ts'
import type { Specification } from '../spec/schema/specification.ts'
import type { Alternative } from './alternatives.ts'
import { totalsBy } from './cost.ts'
import type { CapacityModel, GpuPlan, HorizonPlan } from './horizon.ts'
import type { Limit } from './limits.ts'
import { monthText } from './month.ts'
import type { ShapeNodes } from './nodes.ts'
import { notesOf, ringOf, type RingSizes } from './notes.ts'
import type { RegionPool } from './pools.ts'
import type { Range } from './price-book.ts'
import type { Sensitivity } from './sensitivity.ts'
import type { SpeechComparison } from './speech.ts'
import { tiers } from './storage.ts'
import type { StrategyEffect } from './strategies.ts'
import type { Survive } from './survive.ts'
import type { Written } from './write-bounds.ts'

export interface PoolTotals {
  name: PoolName
  floor: number
  surviveFloor: number
  queueAware: number
  instances: number
  models: { floor: string; queueAware: string; instances: string }
}

export interface PoolRow {
  name: PoolName
  region: string
  interviews: number
  floor: number
  queueAware: number
  instances: number
  /** In proportion to what the pool takes of nodes that several share. */
  nodes: number
  gpus: number
  fill: number
  stranded: number
}

export interface Priced {
  name: string
  monthly: Range
}

export interface HorizonData {
  id: string
  survive: Survive
  inputs: {
    date: string
    basis: string
    monthlyInterviews: number
    peakConcurrentInterviews: number
    sessionsPerSfu: number
    interviewsPerGpuNode: number
    interviewsPerGpuNodeBasis: string
  }
  totals: readonly PoolTotals[]
  pools: readonly PoolRow[]
  ring: RingSizes
  gpu: GpuPlan
  nodes: readonly ShapeNodes[]
  storage: readonly { tier: string; tb: number }[]
  storageTotal: { derivedTb: number; tableTb: number | null; byClass: Readonly<Record<string, number>> }
  network: { peakGbps: number; egressTerabytes: number }
  cost: {
    currency: string
    monthly: Range
    afterStrategies: Range
    assumedShare: number
    stranded: Range
    tieredStorage: Range
    byPool: readonly (Priced & { afterStrategies: Range })[]
    byRegion: readonly Priced[]
    byCommitment: readonly Priced[]
    strategies: readonly StrategyEffect[]
  }
  bottleneck: Limit | null
  limits: readonly Limit[]
  notes: readonly string[]
}

export interface CapacityData {
  regions: number
  horizons: readonly HorizonData[]
  /** Of the last horizon. */
  sensitivity: readonly Sensitivity[]
  alternatives: readonly Alternative[]
  speech: SpeechComparison
  comparison: readonly HorizonData[] | null
  assumptions: readonly { name: string; value: number; unit: string; source: string }[]
  prices: { asOf: string; currency: string }
  gates: readonly Finding[]
  /** Reports that were written beside this one. */
  files: readonly string[]
  /** What was put into the specification. */
  written: readonly Written[]
}

export function horizonData(plan: HorizonPlan, model: CapacityModel): HorizonData {
  const { specification, parameters } = model
  const { demand, gpu, nodes, storage, limits } = plan
  const ring = ringOf(parameters, demand)
  return {
    id: demand.id,
    survive: plan.survive,
    inputs: {
      date: monthText(demand.month),
      basis: demand.basis,
      monthlyInterviews: demand.monthlyInterviews,
      peakConcurrentInterviews: demand.peakConcurrentInterviews,
      sessionsPerSfu: specification.pools.sfu.trigger.scaleOut,
      interviewsPerGpuNode: gpu.interviewsPerNode,
      interviewsPerGpuNodeBasis: gpu.basis,
    },
    totals: plan.pools.map(({ pool, floor, regions, models }) => ({
      name: pool,
      floor,
      surviveFloor: add(regions, (row) => row.surviveFloor),
      queueAware: add(regions, (row) => row.queueAware),
      instances: add(regions, (row) => row.instances),
      models,
    })),
    pools: plan.pools.flatMap(({ regions }) => regions.map((row) => poolRow(row, nodes, specification))),
    ring,
    gpu,
    nodes,
    storage: tiers.map((tier) => ({ tier, tb: storage.byTier[tier] })),
    storageTotal: { derivedTb: storage.terabytes, tableTb: storage.table ?? null, byClass: storage.byClass },
    network: plan.network,
    cost: costData(plan),
    bottleneck: limits[0] ?? null,
    limits,
    notes: notesOf(plan, model, ring),
  }
}

function costData({ cost }: HorizonPlan): HorizonData['cost'] {
  const after = new Map(
    totalsBy(
      cost.items.map((item) => ({ ...item, cost: item.after })),
      ({ pool }) => pool,
    ),
  )
  const priced = ([name, monthly]: [string, Range]): Priced => ({ name, monthly })
  return {
    currency: cost.currency,
    monthly: cost.monthly,
    afterStrategies: cost.after,
    assumedShare: cost.assumedShare,
    stranded: cost.stranded,
    tieredStorage: cost.tieredStorage,
    byPool: totalsBy(cost.items, ({ pool }) => pool).map(([name, monthly]) => ({
      name,
      monthly,
      afterStrategies: after.get(name) ?? monthly,
    })),
    byRegion: totalsBy(cost.items, ({ region }) => region ?? 'all regions').map(priced),
    byCommitment: totalsBy(cost.items, ({ commitment }) => commitment).map(priced),
    strategies: cost.effects,
  }
}

function poolRow(row: RegionPool, nodes: readonly ShapeNodes[], { pools }: Specification): PoolRow {
  const { pool, region, normal, floor, queueAware, instances } = row
  const shape = nodes.find((each) => each.region === region && each.shape === pools[pool].nodeShape)
  return {
    name: pool,
    region,
    interviews: normal,
    floor,
    queueAware,
    instances,
    nodes: shape?.byPool[pool] ?? 0,
    gpus: instances * pools[pool].resources.gpus,
    fill: shape?.fill ?? 0,
    stranded: shape && pools[pool].resources.gpus > 0 ? shape.strandedGpus : 0,
  }
}

function add(rows: readonly RegionPool[], part: (row: RegionPool) => number): number {
  return rows.reduce((all, row) => all + part(row), 0)
}
