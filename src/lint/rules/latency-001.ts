import type { LintRule } from '../rule.ts'

export const latency001: LintRule = {
  id: 'IV-LATENCY-001',
  severity: 'error',
  title: 'A limit on the way of the media is not applied to a turn of the AI.',
  document:
    'Scenario 1: mouth-to-ear p99 < 400 ms, with the full pipeline and real LLM responses. Priority Levels: question generation (HIGH) may wait 500 ms.',
  resolution: 'The criterion says measures: mediaPath; a turn of the AI is another number.',
  why: 'A turn is the end of speech, the first token and the first sound: the allowed wait for a GPU alone is longer than the limit, and good pipelines need more than 1 s at the median.',
  formula: 'priorities.HIGH.maxWait ≤ duration of mouth-to-ear-p99, unless it measures the media path',
  fix: 'say what the criterion measures (measures: mediaPath)',
  check({ scenarios, priorities }) {
    const { maxWait } = priorities.HIGH
    return Object.entries(scenarios).flatMap(([name, { criteria }]) =>
      criteria.flatMap(({ metric, measures, duration }, index) => {
        if (!metric.startsWith('mouth-to-ear') || measures === 'mediaPath' || !duration) return []
        if (maxWait.ms <= duration.ms) return []
        return [
          {
            path: `scenarios.${name}.criteria.${index}`,
            message: `${maxWait.toString()} > ${duration.toString()}: the wait for a GPU alone breaks the limit, if it is the turn that is measured`,
            actual: maxWait.toString(),
            limit: duration.toString(),
          },
        ]
      }),
    )
  },
}
