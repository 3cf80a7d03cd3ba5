import { z } from 'zod'
import { count, duration, label, percent, positive } from '../../spec/schema/scalars.ts'
import { criterion, rampStep } from '../../spec/schema/scenarios.ts'

export const faultActions = ['kill', 'lose', 'cut', 'slow', 'stale', 'fail'] as const
export type FaultAction = (typeof faultActions)[number]

/**
 * A fault from `at` until `until`, the first included and the second not. Without `until` a kill is answered by
 * the platform itself (instances start again); everything else stays.
 */
const fault = z.strictObject({
  at: duration.describe('from the start of the test'),
  until: duration
    .optional()
    .describe('when it is healed; killed instances stay down until then and serve again at once'),
  action: z
    .enum(faultActions)
    .describe(
      'kill instances, lose a zone or a region, cut a link one way, slow a pool down, freeze its metrics (stale), fail DNS',
    ),
  target: z
    .string()
    .min(1)
    .describe('a pool, `fallback-speech`, a region, a zone, a link such as `us-east->us-west`, or `dns`'),
  region: label.optional().describe('where, for a pool; every region that takes part if left out'),
  percent: percent.optional().describe('share of the instances that are killed; all of them if left out'),
  instances: positive.optional().describe('number of instances that are killed in each region'),
  factor: z.number().positive().max(1000).optional().describe('times that a slow pool takes'),
})

const condition = z.strictObject({
  text: z.string().min(1).describe('why the run is not worth going on with'),
  metric: label.describe('a count that is looked at every second'),
  above: count.describe('stops above this number'),
})

/** A load or chaos test as a file: `templates/scenarios/NAME.yaml`, or one of the user's own. */
export const scenarioFile = z.strictObject({
  apiVersion: z.literal('iv/v1').describe('version of this format'),
  kind: z.literal('Scenario').describe('what this file is'),
  title: z.string().min(1).describe('what is tested'),
  source: z.string().min(1).describe('place in the source document, or the assumption behind it'),
  interviews: positive.describe('simulated candidates: the peak of the ramp, or active at the start'),
  regions: z.array(label).optional().describe('regions that take part; all if left out'),
  homes: z
    .array(label)
    .optional()
    .describe('regions that candidates call from; all that take part if left out'),
  setup: z.array(z.string().min(1)).describe('what is set up before it starts'),
  ramp: z
    .array(rampStep)
    .describe('load over time; if empty, constant and already running at the start. A jump is a rush'),
  until: duration
    .optional()
    .describe('end of the test; ten minutes after the last ramp step or fault if left out'),
  faults: z.array(fault).describe('faults on the same clock'),
  criteria: z
    .array(
      criterion.extend({
        minimumSamples: positive.describe('with fewer samples the criterion is unknown, never passed'),
      }),
    )
    .min(1)
    .describe('what makes it a success'),
  abort: z.array(condition).describe('conditions that stop the run'),
  convergeWithin: duration
    .optional()
    .describe(
      'after the last fault everything is as before within this time; the recovery objective if left out',
    ),
})

export type ScenarioFile = z.output<typeof scenarioFile>
export type Fault = ScenarioFile['faults'][number]
export type Criterion = ScenarioFile['criteria'][number]
