import { poolsOfRole } from '../tiers.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import type { SystemContext, SystemPlan } from './system-plan.ts'

/** Evaluation scales on the interviews that wait to be scored. */
export function planEvaluation(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('evaluation')) return undefined
  const scaler = scaledObject(context, 'evaluation', 'evaluation')
  return {
    name: 'evaluation',
    component: 'iv:system:Evaluation',
    objects: [scaler],
    fidelity: [scalingFidelity(context, { row: 'Eval Workers', pool: 'evaluation', object: scaler })],
    findings: [],
  }
}
