import { z } from 'zod'
import { components } from './degradation.ts'
import { count, duration, label, percent, positive } from './scalars.ts'

export const rampStep = z.strictObject({
  from: duration.describe('start of the step, from the start of the test'),
  until: duration.describe('end of the step'),
  startInterviews: count.describe('concurrent interviews at its start'),
  endInterviews: count.describe('concurrent interviews at its end'),
})

const injection = z.strictObject({
  at: duration.describe('time from the start of the test'),
  action: z.enum(['kill', 'restore', 'failRegion']).describe('what is done'),
  component: z.enum(components).optional().describe('what it is done to'),
  region: label.optional().describe('where; every region if left out'),
  percent: percent.optional().describe('share of the instances that are hit'),
})

export const criterion = z.strictObject({
  text: z.string().min(1).describe('the criterion as it is promised'),
  metric: label.describe('what is measured'),
  measures: z
    .enum(['mediaPath', 'aiTurn'])
    .optional()
    .describe('what a time is taken of: the way of the media, or the whole turn of the AI'),
  is: z.enum(['above', 'below', 'atMost', 'exactly']).describe('how it is compared'),
  duration: duration.optional().describe('limit, where it is a time'),
  percent: percent.optional().describe('limit, where it is a share'),
  count: count.optional().describe('limit, where it is a number of pieces'),
})

/** A load or chaos test. */
export const scenario = z.strictObject({
  title: z.string().min(1).describe('what is tested'),
  interviews: positive.describe('simulated candidates, or interviews that are active at the start'),
  regions: z.array(label).describe('regions that take part; all if empty'),
  setup: z.array(z.string().min(1)).describe('what is set up before it starts'),
  ramp: z.array(rampStep).describe('load over time; constant if empty'),
  injections: z.array(injection).describe('faults over time'),
  criteria: z.array(criterion).min(1).describe('what makes it a success'),
})

export const scenarios = z.record(label, scenario)
