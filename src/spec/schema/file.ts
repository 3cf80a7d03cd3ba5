import { z } from 'zod'
import { label } from './scalars.ts'
import { specification } from './specification.ts'

/** Everything optional: what an environment says differently. */
export const overlay = z.deepPartial(specification.omit({ apiVersion: true, name: true }))

/** `iv.yaml` itself: everything optional over the defaults, plus the environments. */
export const file = z.deepPartial(specification).extend({
  environments: z
    .record(label, overlay)
    .optional()
    .describe('what differs by environment; `local` needs no entry and reaches only the sandbox'),
})
