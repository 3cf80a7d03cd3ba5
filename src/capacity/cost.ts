import type { Specification } from '../spec/schema/specification.ts'
import type { Demand } from './growth.ts'
import type { ShapeNodes } from './nodes.ts'
import type { Parameters } from './parameters.ts'
import type { PoolFigures } from './pools.ts'
import { isAssumed, middle, type Price, type PriceBook, type Range, sum, times } from './price-book.ts'
import { type StoragePlan, tiers } from './storage.ts'
import { applyStrategies, type Discounted } from './strategies.ts'

/** `base` runs all the time, `headroom` comes and goes with load, `usage` is paid by what is used. */
export type Commitment = 'base' | 'headroom' | 'usage'

/** The smallest piece of the bill; every total is a sum of these. Per month. */
export interface CostItem {
  pool: string
  /** Null for what belongs to no region. */
  region: string | null
  commitment: Commitment
  cost: Range
  assumed: boolean
}

export interface CostPlan extends Discounted {
  currency: string
  monthly: Range
  /** Part of the total, in the middle of the range, that rests on prices nobody could cite; 0 to 1. */
  assumedShare: number
  /** Part of `monthly`: what nodes cost that nothing uses. */
  stranded: Range
  /** What the strategy `storage-tiering` is about, worked out from ages and prices instead of a percentage. */
  tieredStorage: Range
}

export const hoursPerMonth = 730

export interface CostInput {
  specification: Specification
  parameters: Parameters
  prices: PriceBook
  demand: Demand
  pools: readonly PoolFigures[]
  nodes: readonly ShapeNodes[]
  storage: StoragePlan
  /** Terabytes that leave in a month. */
  egressTerabytes: number
  /** Speech bought by the minute instead of served by the pools. */
  boughtSpeech: boolean
}

export function planCost(input: CostInput): CostPlan {
  const { prices, storage, parameters } = input
  const items = [...nodeItems(input), ...(input.boughtSpeech ? speechItems(input) : []), ...usageItems(input)]
  const monthly = sum(items.map(({ cost }) => cost))
  const assumed = sum(items.filter((item) => item.assumed).map(({ cost }) => cost))
  return {
    currency: prices.currency,
    monthly,
    assumedShare: middle(monthly) > 0 ? middle(assumed) / middle(monthly) : 0,
    stranded: sum(
      input.nodes.map((row) =>
        times(prices.nodes[row.shape], hoursPerMonth * row.copies * row.nodes * (1 - row.fill)),
      ),
    ),
    tieredStorage: sum(
      tiers.map((tier) => times(prices.storage[tier], storage.byTier[tier] * parameters.storageCopies)),
    ),
    ...applyStrategies(input.specification, items, input.demand.monthlyInterviews),
  }
}

/** Nodes by pool; the part of each that its floor makes up is always needed, and can be committed to. */
function nodeItems({ nodes, pools, prices, boughtSpeech }: CostInput): CostItem[] {
  const rows = new Map(
    pools.flatMap(({ regions }) => regions.map((row) => [`${row.pool} ${row.region}`, row])),
  )
  const items = nodes.flatMap(({ region, shape, byPool, copies }) =>
    Object.entries(byPool).flatMap(([pool, count]) => {
      if (boughtSpeech && (pool === 'asr' || pool === 'tts')) return []
      const row = rows.get(`${pool} ${region}`)
      const base = row ? Math.min(1, row.floor / row.instances) : 1
      const cost = times(prices.nodes[shape], hoursPerMonth * count * copies)
      const item = { pool: row ? pool : 'other', region, assumed: isAssumed(prices.nodes[shape]) }
      return [
        { ...item, commitment: 'base' as const, cost: times(cost, base) },
        { ...item, commitment: 'headroom' as const, cost: times(cost, 1 - base) },
      ]
    }),
  )
  return items.filter(({ cost }) => cost.high > 0)
}

function speechItems({ prices, demand, parameters: p }: CostInput): CostItem[] {
  const minutes = demand.monthlyInterviews * p.interviewMinutes
  return [
    usage('asr', prices.speech.asr, minutes),
    usage('tts', prices.speech.tts, (minutes * p.speakingPercent) / 100),
  ]
}

function usageItems({ prices, storage, parameters, egressTerabytes }: CostInput): CostItem[] {
  return [
    usage('storage', prices.storage.hot, storage.terabytes * parameters.storageCopies),
    usage('network', prices.network.egress, egressTerabytes),
  ]
}

function usage(pool: string, price: Price, amount: number): CostItem {
  return { pool, region: null, commitment: 'usage', cost: times(price, amount), assumed: isAssumed(price) }
}

/** Adds up items that share a key, in the order in which the keys first appear. */
export function totalsBy(items: readonly CostItem[], key: (item: CostItem) => string): [string, Range][] {
  const groups = Map.groupBy(items, key)
  return [...groups].map(([name, group]) => [name, sum(group.map(({ cost }) => cost))])
}
