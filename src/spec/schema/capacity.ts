import { z } from 'zod'
import { label, percent, positive } from './scalars.ts'

export const horizons = ['current', 'y1', 'y2', 'y3'] as const

const growthRow = z.strictObject({
  monthlyInterviews: positive,
  peakConcurrentInterviews: positive,
  storageTerabytes: z.number().positive().describe('cumulative, in units of 10¹² bytes'),
  gpuNodes: positive,
})

/** Expected growth, by horizon. */
export const growth = z.strictObject({ current: growthRow, y1: growthRow, y2: growthRow, y3: growthRow })

const savings = z.strictObject({
  lowestPercent: percent.describe('least that it saves of the cost it applies to'),
  highestPercent: percent.describe('most that it saves of the cost it applies to'),
  implementation: z.string().min(1).describe('how it is done'),
  fromMonthlyInterviews: positive.optional().describe('worth it above this many interviews a month'),
})

/** Savings overlap: they multiply within one cost pool and are never added. */
export const costStrategies = z.record(label, savings)

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2025-07')

export const milestone = z.strictObject({
  section: z.enum(['infrastructure', 'capacity']),
  title: z.string().min(1),
  from: month,
  until: month,
  state: z.enum(['done', 'active', 'planned']),
  concurrentInterviews: positive.optional().describe('interviews at once that the milestone promises'),
  regionCount: positive.optional().describe('regions that the milestone promises'),
})

export const milestones = z.record(label, milestone)
