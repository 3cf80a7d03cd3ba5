import type { LintRule } from '../rule.ts'

export const metric002: LintRule = {
  id: 'IV-METRIC-002',
  severity: 'warning',
  title: 'Every accuracy that triggers something is measured by something.',
  document:
    'Degradation Triggers: ASR accuracy < 70 %. Nobody knows the right transcript of a running interview, and no source is named.',
  resolution: 'measuredBy: the mean confidence that the recogniser reports per word stands in for accuracy.',
  why: 'A trigger without a number behind it never fires, and nobody notices.',
  formula: 'degradation.triggers.*.metric accuracyPercent ⇒ measuredBy is set',
  fix: 'name where the number comes from (measuredBy)',
  check({ degradation }) {
    return Object.entries(degradation.triggers).flatMap(([name, { metric, measuredBy, below }]) => {
      if (metric !== 'accuracyPercent' || measuredBy !== undefined) return []
      return [
        {
          path: `degradation.triggers.${name}.measuredBy`,
          message: `sources 0 < 1: nothing measures the ${below ?? '?'} % of ${name}`,
          actual: 'not stated',
          limit: 'one source',
        },
      ]
    })
  },
}
