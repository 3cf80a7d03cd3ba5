import { z } from 'zod'

/** Each region measures itself and scales on what it measures: no region waits for another one's numbers. */
export const metrics = z.strictObject({
  server: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'a URL such as http://prometheus.monitoring.svc:9090')
    .describe('URL of the Prometheus of a region, as seen from inside its cluster'),
})
