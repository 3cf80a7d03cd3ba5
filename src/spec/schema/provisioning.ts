import { z } from 'zod'

/** How machines come on demand. */
export const provisioning = z.strictObject({
  nodeClassGroup: z
    .string()
    .min(1)
    .describe('API group of the node class that says how a cloud makes a machine'),
  nodeClassKind: z.string().min(1).describe('its kind; the object has the name of the node pool'),
  capacityBuffers: z
    .boolean()
    .describe('whether idle machines are asked for; only where the autoscaler of nodes knows CapacityBuffer'),
})
