import type { Platform } from '../spec/platform.ts'
import { growthOf, inOrder } from './growth.ts'
import { type CapacityModel, type HorizonPlan, planHorizon } from './horizon.ts'
import { parametersOf } from './parameters.ts'
import type { PriceBook } from './price-book.ts'

/** The first row of the growth table, with nothing lost and nothing bought: what the platform carries as it stands. */
export function planToday(platform: Platform, prices: PriceBook): HorizonPlan | undefined {
  const { specification } = platform
  const growth = inOrder(growthOf(specification))
  const [first] = growth
  if (!first) return undefined
  const parameters = parametersOf(platform, {})
  const model: CapacityModel = {
    specification,
    growth,
    parameters,
    prices,
    survive: 'none',
    boughtSpeech: false,
  }
  return planHorizon(model, { ...first, basis: first.id })
}
