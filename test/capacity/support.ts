import { atRow, growthOf } from '../../src/capacity/growth.ts'
import { type CapacityModel, type HorizonPlan, planHorizon } from '../../src/capacity/horizon.ts'
import { type Overrides, parametersOf } from '../../src/capacity/parameters.ts'
import { type PriceBook, priceBook } from '../../src/capacity/price-book.ts'
import type { Survive } from '../../src/capacity/survive.ts'
import { region } from '../../src/spec/schema/region.ts'
import { examplePlatform, extraRegion } from '../platform/example.ts'

const item = { assumption: 'for the test', low: 1, high: 2 }

export const prices: PriceBook = priceBook.parse({
  asOf: '2026-11-01',
  currency: 'USD',
  nodes: {
    media: item,
    speech: item,
    'gpu-8': { ...item, low: 10, high: 20 },
    evaluation: item,
    general: item,
  },
  storage: { hot: item, warm: item, cold: item, archive: item },
  network: { egress: item },
  speech: { asr: { source: 'a list', value: 0.01 }, tts: { source: 'a list', value: 0.01 } },
})

export interface Given {
  changes?: Record<string, unknown>
  overrides?: Overrides
  survive?: Survive
}

export function modelOf({ changes = {}, overrides = {}, survive = 'none' }: Given = {}): CapacityModel {
  const platform = examplePlatform(changes)
  const { specification } = platform
  const parameters = parametersOf(platform, overrides)
  return { specification, growth: growthOf(specification), parameters, prices, survive, boughtSpeech: false }
}

export function planOf(horizon: string, given: Given = {}): HorizonPlan {
  const model = modelOf(given)
  return planHorizon(model, atRow(model.growth, horizon))
}

/** That many active regions of three zones, and no others. */
export function withRegions(count: number): CapacityModel['specification']['regions'] {
  const names = Array.from({ length: count }, (_, index) => `region-${index}`)
  return Object.fromEntries(names.map((name) => [name, active]))
}

const active = region.parse(extraRegion('active'))
