import { type HorizonData, horizonData } from './data.ts'
import { atMonth, atRow } from './growth.ts'
import { type CapacityModel, planHorizon } from './horizon.ts'
import { type Month, monthText } from './month.ts'
import { planStorage, type Tier, tiers } from './storage.ts'

export interface DatedHorizon extends HorizonData {
  month: Month
}

export interface StorageMonth {
  month: Month
  /** `2026-03`. */
  date: string
  tiers: readonly { tier: Tier; tb: number }[]
}

/** Every row of the growth table, planned. */
export function plannedRows(model: CapacityModel): DatedHorizon[] {
  return model.growth.map(({ id, month }) => ({
    month,
    ...horizonData(planHorizon(model, atRow(model.growth, id)), model),
  }))
}

/** What is stored in each tier, month by month from the first row of the growth table to the last. */
export function storageByMonth(model: CapacityModel): StorageMonth[] {
  const { growth } = model
  const [first, last] = [growth[0]?.month ?? 0, growth.at(-1)?.month ?? 0]
  return Array.from({ length: Math.floor(last - first + 1e-9) + 1 }, (_, index) => {
    const month = first + index
    const { byTier } = planStorage(model, atMonth(growth, month))
    return { month, date: monthText(month), tiers: tiers.map((tier) => ({ tier, tb: byTier[tier] })) }
  })
}
