import type { PoolName } from '../../../spec/schema/pool.ts'
import type { WorkloadName } from '../../../spec/schema/workload.ts'
import { type TierName, tierOf } from '../../tiers.ts'

export interface Flow {
  from: PoolName | WorkloadName
  /** Namespace of the caller. */
  fromTier: TierName
  to: PoolName
}

/**
 * Who calls whom between tiers; everything else stays closed. The conductor leads the interview, so it listens
 * through asr, thinks through llm and speaks through tts; evaluation scores with llm afterwards.
 */
export const flows: readonly Flow[] = [
  { from: 'conductor', fromTier: 'application', to: 'asr' },
  { from: 'conductor', fromTier: 'application', to: 'tts' },
  { from: 'conductor', fromTier: 'application', to: 'llm' },
  { from: 'evaluation', fromTier: tierOf('evaluation'), to: 'llm' },
]
