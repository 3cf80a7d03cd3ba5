import { poolsOfRole } from '../tiers.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import type { SystemContext, SystemPlan } from './system-plan.ts'

/** The GPUs that the language model runs on, and who may use them when. */
export function planInference(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('llm')) return undefined
  const scaler = scaledObject(context, 'inference', 'llm')
  return {
    name: 'inference',
    component: 'iv:system:Inference',
    objects: [scaler],
    fidelity: [scalingFidelity(context, { row: 'LLM Inference', pool: 'llm', object: scaler })],
    findings: [],
  }
}
