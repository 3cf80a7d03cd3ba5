import type { PriorityName } from '../../spec/schema/gpu.ts'
import type { PoolName } from '../../spec/schema/pool.ts'

const priorities: Readonly<Record<PoolName, PriorityName>> = {
  sfu: 'CRITICAL',
  asr: 'CRITICAL',
  tts: 'CRITICAL',
  llm: 'CRITICAL',
  api: 'HIGH',
  evaluation: 'MEDIUM',
}

/** Pods have the class of the most urgent request they serve: what a candidate hears or sees at once is CRITICAL. */
export function poolPriority(pool: PoolName): PriorityName {
  return priorities[pool]
}
