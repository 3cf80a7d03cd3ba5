import { planAffinity } from './affinity/plan.ts'
import { planApi } from './api.ts'
import { planBackup } from './backup/plan.ts'
import { planChaos } from './chaos/plan.ts'
import { planDegradation } from './degradation/plan.ts'
import { planEvaluation } from './evaluation.ts'
import { planInference } from './inference/plan.ts'
import { planMedia } from './media/plan.ts'
import { planMultiRegion } from './multi-region/plan.ts'
import { planObjectives } from './objectives/plan.ts'
import { planObservability } from './observability/plan.ts'
import { planRecovery } from './recovery/plan.ts'
import { planResilience } from './resilience/plan.ts'
import { planSpeech } from './speech.ts'
import type { SystemContext, SystemPlan, SystemPlanner } from './system-plan.ts'

/** One line per system, in the order of the source document. */
const planners: readonly SystemPlanner[] = [
  planMedia,
  planSpeech,
  planInference,
  planEvaluation,
  planApi,
  planAffinity,
  planResilience,
  planDegradation,
  planMultiRegion,
  planBackup,
  planObservability,
  planRecovery,
  planChaos,
  planObjectives,
]

/** The systems of a region, as far as its role has them. */
export function planSystems(context: SystemContext): SystemPlan[] {
  return planners.map((plan) => plan(context)).filter((plan) => plan !== undefined)
}
