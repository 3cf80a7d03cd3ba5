import { middle, type PriceBook, type Range } from '../capacity/price-book.ts'
import { planToday } from '../capacity/today.ts'
import { money, signed } from '../report/capacity-words.ts'
import type { Meaning, Sides } from './meaning.ts'

/** What a change adds, in percent of the middle of the range. */
export function increasePercent(from: Range, to: Range): number {
  return middle(from) === 0 ? 0 : (middle(to) / middle(from) - 1) * 100
}

/** Cost of today's demand by the capacity model, before any saving. */
export function costMeaning({ before, after }: Sides, prices: PriceBook): Meaning[] {
  const [from, to] = [before, after].map((side) => planToday(side, prices)?.cost.monthly)
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
