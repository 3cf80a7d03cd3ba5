import type { Specification } from '../../../spec/schema/specification.ts'
import { metricCatalogue } from '../../metrics/catalogue.ts'
import type { Metric } from '../../metrics/metric.ts'
import { objectivesOf } from '../../metrics/objectives.ts'
import { burnRateAlerts, errorRatioRules } from './burn-rate.ts'
import type { Rule, RuleGroup } from './rule.ts'

/** Every metric of the catalogue as a series, and every objective as an alert. */
export function ruleGroups(specification: Specification): RuleGroup[] {
  const catalogue = metricCatalogue(specification.name)
  const objectives = objectivesOf(specification)
  return [
    {
      name: 'metrics',
      interval: '15s',
      rules: catalogue.map(({ record, query }) => ({ record, expr: query })),
    },
    { name: 'missing', rules: catalogue.filter(({ uses }) => uses.includes('scaling')).map(missing) },
    { name: 'error-ratios', interval: '30s', rules: objectives.flatMap(errorRatioRules) },
    { name: 'error-budgets', interval: '30s', rules: objectives.flatMap(burnRateAlerts) },
  ]
}

/** A pool whose metric is missing stands still: it is safe and it is blind. */
function missing({ name, record, meaning }: Metric): Rule {
  return {
    alert: 'ScalingMetricMissing',
    expr: `absent(${record})`,
    for: '5m',
    labels: { severity: 'page', metric: name },
    annotations: {
      summary: `Nothing measures ${name}: its pool does not scale`,
      description: `${meaning}: no value for five minutes.`,
    },
  }
}
