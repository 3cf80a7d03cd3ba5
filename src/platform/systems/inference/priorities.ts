import type { PriorityName } from '../../../spec/schema/gpu.ts'
import { priorityNames } from '../../../spec/schema/gpu.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import { jsonDocument } from '../json.ts'

interface ClassNumbers {
  /** The router's: more is served first, and what is below 0 may be ended while it runs. */
  router: number
  /** The model server's: less is served first. The opposite sign is theirs, not a slip. */
  modelServer: number
}

const numbers: Readonly<Record<PriorityName, ClassNumbers>> = {
  CRITICAL: { router: 100, modelServer: 0 },
  HIGH: { router: 50, modelServer: 1 },
  MEDIUM: { router: 0, modelServer: 2 },
  LOW: { router: -10, modelServer: 3 },
}

export function routerPriority(name: PriorityName): number {
  return numbers[name].router
}

/** Name of the InferenceObjective that a request names in its header. */
export function objectiveName(name: PriorityName): string {
  return name.toLowerCase()
}

/**
 * What every caller of the model sends with a request of each class. The longest wait is the caller's own deadline:
 * what the router did not hand on by then is answered by the fallback, not served late.
 */
export function requestPriorities({ priorities, gpu }: Specification): string {
  return jsonDocument({
    classes: Object.fromEntries(
      priorityNames.map((name) => [
        name,
        {
          maxWaitMs: priorities[name].maxWait.ms,
          headers: {
            'x-llm-d-inference-objective': objectiveName(name),
            'x-llm-d-slo-ttft-ms': String(priorities[name].maxWait.ms),
          },
          /** `priority` in the body of the request. */
          modelServerPriority: numbers[name].modelServer,
          evictable: priorities[name].evictable ?? false,
        },
      ]),
    ),
    requests: gpu.requests,
  })
}
