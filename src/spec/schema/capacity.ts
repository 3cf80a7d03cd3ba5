import { z } from 'zod'
import { poolNames } from './pool.ts'
import { label, percent, positive } from './scalars.ts'

const growthRow = z.strictObject({
  monthlyInterviews: positive.describe('interviews in a month'),
  peakConcurrentInterviews: positive.describe('interviews at once, at the peak'),
  storageTerabytes: z.number().positive().describe('cumulative, in units of 10¹² bytes'),
  gpuNodes: positive.describe('nodes with eight GPUs'),
})

/** Expected growth, by horizon. */
export const growth = z.strictObject({
  current: growthRow.describe('today'),
  y1: growthRow.describe('after one year'),
  y2: growthRow.describe('after two years'),
  y3: growthRow.describe('after three years'),
})

const savings = z.strictObject({
  lowestPercent: percent.describe('least that it saves of the cost it applies to'),
  highestPercent: percent.describe('most that it saves of the cost it applies to'),
  implementation: z.string().min(1).describe('how it is done'),
  appliesTo: z
    .array(z.enum([...poolNames, 'storage']))
    .min(1)
    .optional()
    .describe('the costs that it saves on; two on the same cost multiply'),
  fromMonthlyInterviews: positive.optional().describe('worth it above this many interviews a month'),
})

/** Savings overlap: they multiply within one cost pool and are never added. */
export const costStrategies = z.record(label, savings)

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2025-07')

/** What can be looked at to tell whether a milestone is reached. */
export const milestoneChecks = [
  'regions',
  'zones',
  'edge',
  'failover-targets',
  'planned-sessions',
  'planned-gpus',
  'before-demand',
  'deployed',
  'load-test',
  'zone-drill',
  'region-drill',
  'edge-latency',
] as const
export type MilestoneCheckName = (typeof milestoneChecks)[number]

export const milestone = z.strictObject({
  section: z.enum(['infrastructure', 'capacity']).describe('part of the roadmap'),
  title: z.string().min(1).describe('what is reached'),
  from: month.describe('month in which work on it begins'),
  until: month.describe('month by which it is due'),
  state: z.enum(['done', 'active', 'planned']).describe('where it stands'),
  concurrentInterviews: positive.optional().describe('interviews at once that the milestone promises'),
  regionCount: positive.optional().describe('regions that the milestone promises'),
  checks: z.array(z.enum(milestoneChecks)).optional().describe('what shows that it is reached'),
})

export type Milestone = z.output<typeof milestone>

export const milestones = z.record(label, milestone)
