import type { PriorityName } from '../../spec/schema/gpu.ts'

/**
 * The priority of a request in the llm-d router: higher is served first, and only below zero may a running request be
 * ended for one above. (vLLM counts the other way round.)
 */
const priorities: Readonly<Record<PriorityName, number>> = { CRITICAL: 100, HIGH: 50, MEDIUM: 0, LOW: -10 }

export function requestPriority(name: PriorityName): number {
  return priorities[name]
}
