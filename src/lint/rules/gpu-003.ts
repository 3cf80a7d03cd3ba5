import type { LintRule } from '../rule.ts'

export const gpu003: LintRule = {
  id: 'IV-GPU-003',
  severity: 'warning',
  title: 'Language model inference does not scale on GPU utilization alone.',
  document: 'Scaling Triggers and Thresholds: LLM inference scales on GPU utilization, > 75 % and < 40 %.',
  resolution: 'pools.llm.trigger.besides: waiting requests, out above 15 and in below 8, the same band.',
  why: 'Batching keeps GPUs near 100 % at any load, so utilization says neither that requests wait nor that a node could go.',
  formula: 'pools.*.trigger.metric gpuUtilization ⇒ pools.*.trigger.besides is set',
  fix: 'add a second metric (trigger.besides) on the queue',
  check({ pools }) {
    return Object.entries(pools).flatMap(([name, { trigger }]) => {
      if (trigger.metric !== 'gpuUtilization' || trigger.besides) return []
      return [
        {
          path: `pools.${name}.trigger.besides`,
          message: `1 signal < 2: utilization is near 100 % from the first full batch on, above ${trigger.scaleOut} % whatever waits`,
          actual: 'gpuUtilization alone',
          limit: 'gpuUtilization and a queue',
        },
      ]
    })
  },
}
