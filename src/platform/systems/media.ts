import { poolsOfRole } from '../tiers.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import type { SystemContext, SystemPlan } from './system-plan.ts'

/** SFU servers: they hold sessions, so they are many, they drain, and what they scale on are the sessions. */
export function planMedia(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('sfu')) return undefined
  const scaler = scaledObject(context, 'media', 'sfu')
  return {
    name: 'media',
    component: 'iv:system:Media',
    objects: [scaler],
    fidelity: [scalingFidelity(context, { row: 'SFU Servers', pool: 'sfu', object: scaler })],
    findings: [],
  }
}
