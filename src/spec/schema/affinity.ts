import { z } from 'zod'
import { duration, positive } from './scalars.ts'

/** Every packet of a session goes to the same SFU server, found by a consistent hash. */
export const affinity = z.strictObject({
  method: z.enum(['consistentHashing']).describe('how a session finds its server'),
  key: z.enum(['sessionId']).describe('what is hashed'),
  ringSlots: positive.describe('slots of the hash ring'),
  virtualNodesPerServer: positive.describe('slots that each server takes, for an even spread'),
  maxSessionsPerServer: positive
    .optional()
    .describe('hard cap: a server that holds this many takes no other session; none if left out'),
  whenFull: z
    .enum(['spill', 'refuse'])
    .optional()
    .describe('above the cap: spill to the next server with room and then to the failover region, or refuse'),
  serversFrom: z
    .enum(['watch', 'request'])
    .optional()
    .describe('how the session router knows its servers: from a watch that is always open, or by asking'),
  failover: z
    .strictObject({
      enabled: z.boolean().describe('whether sessions move when their server is unhealthy'),
      healthCheckInterval: duration.describe('time between two health checks'),
      unhealthyAfterChecks: positive.describe('failed checks in a row that make a server unhealthy'),
      healthyAfterChecks: positive.describe('passed checks in a row that make it healthy again'),
      drainTimeout: duration.describe('how long callers have to look away from an instance that is leaving'),
      sessionDrainTimeout: duration
        .optional()
        .describe(
          'how long active sessions may complete on a server that is leaving; drainTimeout if left out',
        ),
    })
    .describe('when a session leaves its server'),
})

/** What one session is allowed. */
export const sessions = z.strictObject({
  maxDuration: duration.describe('longest interview; a draining SFU server waits this long'),
  shutdownMargin: duration.describe('added to the longest interview when a server drains'),
})
