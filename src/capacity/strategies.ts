import type { Specification } from '../spec/schema/specification.ts'
import { type Range, sum } from './price-book.ts'
import type { CostItem } from './cost.ts'

export interface StrategyEffect {
  name: string
  applies: boolean
  /** Why it does not apply, or to what. */
  to: string
  /** Of the undiscounted cost it applies to, in percent. */
  lowestPercent: number
  highestPercent: number
}

interface Rule {
  matches: (item: CostItem) => boolean
  to: string
}

/** What each strategy of the document applies to. One that matches nothing is said not to apply. */
const rules: Readonly<Record<string, Rule>> = {
  'reserved-instances': {
    matches: ({ commitment }) => commitment === 'base',
    to: 'nodes of the floor, which run all the time',
  },
  'spot-for-evaluation': {
    matches: ({ pool, commitment }) => pool === 'evaluation' && commitment === 'headroom',
    to: 'evaluation nodes above the minimum',
  },
  'right-sizing': {
    matches: ({ pool, commitment }) =>
      ['asr', 'tts', 'evaluation', 'api', 'other'].includes(pool) && commitment !== 'usage',
    to: 'nodes that several pools share',
  },
  'self-hosted-speech': {
    matches: ({ pool, commitment }) => (pool === 'asr' || pool === 'tts') && commitment === 'usage',
    to: 'speech that is bought by the minute',
  },
  'storage-tiering': { matches: ({ pool }) => pool === 'storage', to: 'storage, priced as if all were hot' },
  'gpu-sharing': { matches: ({ pool }) => pool === 'llm', to: 'GPU nodes' },
}

export interface Discounted {
  items: readonly (CostItem & { after: Range; strategies: readonly string[] })[]
  after: Range
  effects: readonly StrategyEffect[]
}

/**
 * Multiplies, per cost item, what every strategy that applies to it leaves. Never adds percentages: two savings of
 * 50 % leave a quarter, not nothing.
 */
export function applyStrategies(
  { costStrategies }: Pick<Specification, 'costStrategies'>,
  items: readonly CostItem[],
  monthlyInterviews: number,
): Discounted {
  const effects = Object.entries(costStrategies).map(([name, strategy]): StrategyEffect => {
    const { lowestPercent, highestPercent, fromMonthlyInterviews = 0 } = strategy
    const rule = rules[name]
    const big = monthlyInterviews >= fromMonthlyInterviews
    const applies = big && rule !== undefined && items.some(rule.matches)
    const missing = big
      ? `nothing to apply to: ${rule?.to ?? 'unknown strategy'}`
      : `from ${fromMonthlyInterviews} interviews a month`
    return { name, applies, to: applies ? rule.to : missing, lowestPercent, highestPercent }
  })
  const discounted = items.map((item) => {
    const used = effects.filter(({ name, applies }) => applies && rules[name]?.matches(item))
    return {
      ...item,
      strategies: used.map(({ name }) => name),
      after: {
        low: used.reduce((left, { highestPercent }) => left * (1 - highestPercent / 100), item.cost.low),
        high: used.reduce((left, { lowestPercent }) => left * (1 - lowestPercent / 100), item.cost.high),
      },
    }
  })
  return { items: discounted, after: sum(discounted.map(({ after }) => after)), effects }
}
