import type { Specification } from '../spec/schema/specification.ts'
import type { Demand, Growth } from './growth.ts'
import type { Parameters } from './parameters.ts'

export const tiers = ['hot', 'warm', 'cold', 'archive'] as const
export type Tier = (typeof tiers)[number]

/** Parts of what one interview leaves behind; session state lives in Redis and is not stored here. */
const classes = [
  { name: 'recordings', part: 0.97 },
  { name: 'transcripts', part: 0.01 },
  { name: 'evaluations', part: 0.01 },
  { name: 'audit-logs', part: 0.01 },
] as const

export interface StoragePlan {
  /** Of one copy, in units of 10¹² bytes. */
  terabytes: number
  byTier: Readonly<Record<Tier, number>>
  byClass: Readonly<Record<string, number>>
  /** The growth table's own figure. */
  table: number | undefined
}

const daysPerMonth = 365 / 12
const megabytesPerTerabyte = 1e6

/**
 * What is stored at a point in time: every month leaves its interviews' data, which moves through the tiers by age
 * and goes when its class is no longer kept. Between two rows the rate is that of the later one, as the table's own
 * figures imply. What the first row says is stored already came in at that row's rate.
 */
export function planStorage(
  input: { specification: Specification; growth: Growth; parameters: Parameters },
  demand: Demand,
): StoragePlan {
  const batches = batchesBefore(input.growth, demand, input.parameters)
  const byTier: Record<Tier, number> = { hot: 0, warm: 0, cold: 0, archive: 0 }
  const byClass: Record<string, number> = {}
  for (const { name, part } of classes) {
    const kept = input.specification.backups[name].retention.ms / 86_400_000
    for (const { ageDays, terabytes } of batches) {
      if (ageDays > kept) continue
      byTier[tierAt(ageDays, input.parameters)] += terabytes * part
      byClass[name] = (byClass[name] ?? 0) + terabytes * part
    }
  }
  const terabytes = tiers.reduce((sum, tier) => sum + byTier[tier], 0)
  return { terabytes, byTier, byClass, table: demand.storageTerabytes }
}

interface Batch {
  ageDays: number
  terabytes: number
}

function batchesBefore(growth: Growth, demand: Demand, p: Parameters): Batch[] {
  const perMonth = (interviews: number): number =>
    (interviews * p.megabytesPerInterview) / megabytesPerTerabyte
  const first = growth[0]
  if (!first) return []
  const batches: Batch[] = []
  for (let end = demand.month; end > first.month; end -= 1) {
    const length = Math.min(1, end - first.month)
    const rate = growth.find(({ month }) => month >= end - length / 2)?.monthlyInterviews
    const terabytes = length * perMonth(Math.min(rate ?? Infinity, demand.monthlyInterviews))
    batches.push({ ageDays: (demand.month - end + length / 2) * daysPerMonth, terabytes })
  }
  return [
    ...batches,
    ...stockOf(first.storageTerabytes ?? 0, perMonth(first.monthlyInterviews), demand.month - first.month),
  ]
}

/** The stock of the first row, taken apart into the months in which it came in. */
function stockOf(terabytes: number, perMonth: number, monthsAgo: number): Batch[] {
  const batches: Batch[] = []
  for (let left = terabytes, month = 0; left > 1e-9 && month < 600; month += 1) {
    const part = Math.min(left, perMonth)
    batches.push({ ageDays: (monthsAgo + month + 0.5) * daysPerMonth, terabytes: part })
    left -= part
  }
  return batches
}

function tierAt(ageDays: number, p: Parameters): Tier {
  if (ageDays < p.hotDays) return 'hot'
  if (ageDays < p.warmDays) return 'warm'
  return ageDays < p.coldDays ? 'cold' : 'archive'
}
