import { z } from 'zod'
import { gateNames } from '../../gate/names.ts'
import { flavors } from '../../render/flavor.ts'
import { duration, percent } from './scalars.ts'

export const gitops = z.strictObject({
  folder: z
    .string()
    .regex(/^(?!\/)(?!.*\.\.)[^\\]+$/, 'a folder below that of iv.yaml')
    .describe('holds the rendered trees, one folder per environment'),
  flavor: z.enum(flavors).describe('who applies the tree: `argocd` adds sync waves'),
  bake: duration.describe('a region runs this long with a change before the next one gets it'),
})

export const gates = z.strictObject({
  mustAllow: z
    .array(z.enum(gateNames))
    .describe('gates that must say allow; a deny of any other counts too, its unknown does not'),
  maxMonthlyUsd: z
    .number()
    .positive()
    .optional()
    .describe('most that the platform may cost a month today, in US dollars'),
  maxIncreasePercent: z
    .number()
    .nonnegative()
    .optional()
    .describe('most that one change may add to the monthly cost'),
  maxShrinkPercent: percent.describe('most that one change may take from the minimum or maximum of a pool'),
  registries: z
    .array(z.string().min(1))
    .optional()
    .describe('image registries that may be used; any if left out'),
})
