import { z } from 'zod'
import { duration, label, positive } from './scalars.ts'

export const regionRoles = ['primary', 'standby', 'active', 'edge', 'dr'] as const

/** One Kubernetes cluster of the platform. */
export const region = z.strictObject({
  role: z
    .enum(regionRoles)
    .describe(
      'primary, standby (hot, for its primary), active (own primary), edge (media only), dr (cold site)',
    ),
  /** kubeconfig context. No default outside `local`; in `local` the sandbox supplies it. */
  context: z.string().min(1).optional().describe('kubeconfig context of the cluster'),
  kubernetesVersion: z
    .string()
    .regex(/^1\.\d{2}(\.\d+)?$/, 'a Kubernetes version such as 1.35')
    .describe('version of the API server; decides how the two-threshold bands are written'),
  zones: z.array(label).min(1).describe('availability zones over which pools are spread'),
  replication: z
    .strictObject({
      from: label.describe('region whose database this one follows'),
      mode: z
        .enum(['synchronous', 'asynchronous'])
        .describe('whether a write waits until this region has it'),
      rto: duration
        .optional()
        .describe(
          'sessions of that region are back here within this time; disasterRecovery.region if left out',
        ),
      rpo: duration
        .optional()
        .describe('at most this much is lost on the way here; disasterRecovery.region if left out'),
    })
    .optional()
    .describe('the replication link that feeds this region'),
  residency: label
    .optional()
    .describe('data of this region stays in regions that name the same one; `any` if it may go everywhere'),
  failoverTo: label.optional().describe('region that takes over when this one is lost'),
  serves: z
    .array(z.enum(['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA', '*']))
    .optional()
    .describe('continents whose candidates begin here; * for all that no region names'),
  dnsHealthCheck: z
    .string()
    .min(1)
    .optional()
    .describe('id of the health check by which DNS leaves this region; made outside of iv'),
  weight: positive.describe('share of new sessions relative to the other regions'),
})

export type RegionRole = (typeof regionRoles)[number]
