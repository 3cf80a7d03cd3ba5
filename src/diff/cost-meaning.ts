import { growthOf, inOrder } from '../capacity/growth.ts'
import { planTotals } from '../capacity/horizon.ts'
import { parametersOf } from '../capacity/parameters.ts'
import { middle, type PriceBook, type Range } from '../capacity/price-book.ts'
import { money, signed } from '../report/capacity-words.ts'
import type { Platform } from '../spec/platform.ts'
import type { Meaning, Sides } from './meaning.ts'

/** Cost of the first row of the growth table by the capacity model, before any saving, with nothing lost. */
export function monthlyCost(platform: Platform, prices: PriceBook): Range {
  const { specification } = platform
  const growth = inOrder(growthOf(specification))
  const [first] = growth
  if (!first) return { low: 0, high: 0 }
  const parameters = parametersOf(platform, {})
  const model = { specification, growth, parameters, prices, survive: 'none' as const, boughtSpeech: false }
  return planTotals(model, { ...first, basis: first.id }).cost.monthly
}

/** What a change adds, in percent of the middle of the range. */
export function increasePercent(from: Range, to: Range): number {
  return middle(from) === 0 ? 0 : (middle(to) / middle(from) - 1) * 100
}

export function costMeaning({ before, after }: Sides, prices: PriceBook): Meaning[] {
  const [from, to] = [before, after].map((side) => monthlyCost(side, prices))
  if (!from || !to || (from.low === to.low && from.high === to.high)) return []
  return [
    {
      what: 'cost a month at today’s demand',
      from: money(from, prices.currency),
      to: money(to, prices.currency),
      effect: `${signed(increasePercent(from, to), 1)} %`,
    },
  ]
}
