import { describe, expect, test } from 'vitest'
import { metricCatalogue } from '../../src/platform/metrics/catalogue.ts'
import { type Objective, objectivesOf } from '../../src/platform/metrics/objectives.ts'
import { degradationRules } from '../../src/platform/systems/degradation/rules.ts'
import { ruleGroups } from '../../src/platform/systems/observability/rules.ts'
import { examplePlatform } from '../platform/example.ts'
import { promtool, type RuleTest } from '../support/promtool.ts'

const { specification } = examplePlatform()
const groups = [...ruleGroups(specification), degradationRules(specification)]
const catalogue = metricCatalogue(specification.name)
const objectives = objectivesOf(specification)

type Series = RuleTest['input_series'][number]

/** Events of an objective, 100 a minute, of which `badPercent` are not good. */
function events({ good, total }: Objective, badPercent: number): Series[] {
  const bad = `0+${badPercent}x15`
  const fine = `0+${100 - badPercent}x15`
  // The counter of outcomes is one series for each; a histogram has a bucket and a count of all.
  if (total === 'iv_interviews_ended_total') {
    return [
      { series: good, values: fine },
      { series: `${total}{outcome="failed"}`, values: bad },
    ]
  }
  return [
    { series: good, values: fine },
    { series: total, values: '0+100x15' },
  ]
}

function firing({ name }: Objective, window: string): object {
  return {
    eval_time: '12m',
    expr: `count(ALERTS{alertname="ErrorBudgetBurns",objective="${name}",window="${window}",alertstate="firing"}) or vector(0)`,
  }
}

const withValue = (check: object, value: number): object => ({
  ...check,
  exp_samples: [{ labels: '{}', value }],
})

/** Input under which a metric of the catalogue has a known value. */
const known: Record<string, { input: Series[]; value: number }> = {
  'sfu-sessions': {
    input: [
      { series: 'livekit_room_total{namespace="interview-media",pod="a"}', values: '70x10' },
      { series: 'livekit_room_total{namespace="interview-media",pod="b"}', values: '30x10' },
      { series: 'kube_pod_deletion_timestamp{namespace="interview-media",pod="b"}', values: '1x10' },
    ],
    value: 70,
  },
  'asr-pending': {
    input: [
      { series: 'iv_pool_pending{namespace="interview-speech",pool="asr",pod="a"}', values: '7x10' },
      { series: 'iv_pool_pending{namespace="interview-speech",pool="asr",pod="b"}', values: '4x10' },
      { series: 'iv_pool_pending{namespace="interview-speech",pool="tts",pod="c"}', values: '90x10' },
    ],
    value: 11,
  },
  'llm-gpu-utilization': {
    input: [60, 90].map((value) => ({
      series: `DCGM_FI_DEV_GPU_UTIL{exported_namespace="interview-inference",exported_container="llm",gpu="${value}"}`,
      values: `${value}x10`,
    })),
    value: 75,
  },
  'asr-accuracy': {
    input: [
      { series: 'iv_asr_word_confidence_sum{namespace="interview-speech"}', values: '0+6.5x40' },
      { series: 'iv_asr_word_confidence_count{namespace="interview-speech"}', values: '0+10x40' },
    ],
    value: 65,
  },
}

/** Rounded: two versions of Prometheus extrapolate a rate to other last digits. */
const metricTests: RuleTest[] = Object.entries(known).map(([name, { input, value }]) => ({
  name,
  interval: '1m',
  input_series: input,
  promql_expr_test: [
    {
      expr: `round(${catalogue.find((metric) => metric.name === name)?.record ?? name}, 0.001)`,
      eval_time: '10m',
      exp_samples: [{ labels: '{}', value }],
    },
  ],
}))

/** Errors at a steady rate have the same share in every window, so twelve minutes are enough for all of them. */
const budgetTests: RuleTest[] = [0.5, 2, 4, 7, 20].map((times) => ({
  name: `${times} × the budget`,
  interval: '1m',
  input_series: objectives.flatMap((objective) => events(objective, (100 - objective.targetPercent) * times)),
  promql_expr_test: objectives.flatMap((objective) => [
    withValue(firing(objective, '1h'), times > 14.4 ? 1 : 0),
    withValue(firing(objective, '6h'), times > 6 ? 1 : 0),
    withValue(firing(objective, '1d'), times > 3 ? 1 : 0),
    withValue(firing(objective, '3d'), times > 1 ? 1 : 0),
  ]),
}))
const budgetGroups = ruleGroups(specification).filter(({ name }) => name.startsWith('error-'))

/** What has to be seen for each trigger to speak, and what it leads to. */
const triggers: { trigger: string; input: Series[]; leadsTo: string }[] = [
  {
    trigger: 'llm-outage',
    input: [ready('inference', 'llm', 0)],
    leadsTo: 'iv_level="L3",iv_switch="question-bank-cached"',
  },
  {
    trigger: 'asr-outage',
    input: [ready('speech', 'asr', 0), ready('speech', 'fallback-speech', 0)],
    leadsTo: 'iv_level="L4"',
  },
  {
    trigger: 'asr-failure',
    input: [ready('speech', 'asr', 0), ready('speech', 'fallback-speech', 2)],
    leadsTo: 'iv_switch="asr-fallback"',
  },
  { trigger: 'evaluation-failure', input: [ready('evaluation', 'evaluation', 0)], leadsTo: 'iv_level="L2"' },
  { trigger: 'conductor-failure', input: [ready('application', 'conductor', 0)], leadsTo: 'iv_level="L3"' },
  {
    trigger: 'sfu-overload',
    input: [{ series: 'livekit_room_total{namespace="interview-media",pod="a"}', values: '80x60' }],
    leadsTo: 'iv_switch="audio-only"',
  },
  {
    trigger: 'asr-accuracy',
    input: known['asr-accuracy']?.input ?? [],
    leadsTo: 'iv_switch="manual-transcript"',
  },
]

function ready(tier: string, deployment: string, value: number): Series {
  return {
    series: `kube_deployment_status_replicas_ready{namespace="interview-${tier}",deployment="${deployment}"}`,
    values: `${value}x60`,
  }
}

const triggerTests: RuleTest[] = triggers.map(({ trigger, input, leadsTo }) => ({
  name: trigger,
  interval: '15s',
  input_series: input,
  promql_expr_test: [
    {
      expr: `count(ALERTS{trigger="${trigger}",alertstate="firing",${leadsTo}})`,
      eval_time: '5m',
      exp_samples: [{ labels: '{}', value: 1 }],
    },
  ],
}))

const quiet: RuleTest = {
  name: 'a region that is well degrades nothing',
  interval: '15s',
  input_series: [
    ready('inference', 'llm', 2),
    ready('speech', 'asr', 5),
    ready('speech', 'fallback-speech', 2),
    ready('evaluation', 'evaluation', 3),
    ready('application', 'conductor', 3),
    { series: 'livekit_room_total{namespace="interview-media",pod="a"}', values: '79x60' },
  ],
  promql_expr_test: [
    {
      expr: 'count(ALERTS{alertname="Degradation"}) or vector(0)',
      eval_time: '10m',
      exp_samples: [{ labels: '{}', value: 0 }],
    },
  ],
}

const missing: RuleTest = {
  name: 'a metric that is gone is told',
  interval: '1m',
  input_series: known['asr-pending']?.input.slice(0, 1) ?? [],
  promql_expr_test: [
    {
      expr: 'count(ALERTS{alertname="ScalingMetricMissing",metric="asr-pending",alertstate="firing"}) or vector(0)',
      eval_time: '8m',
      exp_samples: [{ labels: '{}', value: 0 }],
    },
    {
      expr: 'count(ALERTS{alertname="ScalingMetricMissing",metric="asr-pending",alertstate="firing"})',
      eval_time: '25m',
      exp_samples: [{ labels: '{}', value: 1 }],
    },
  ],
}

describe('the rules, judged by the real promtool', () => {
  test('keep the value of a metric, and tell when a scaling metric is gone', async () => {
    expect(await promtool(groups, [...metricTests, missing])).toMatchObject({ ok: true })
  })

  test('page at 14.4 and 6 times the budget, and open a ticket at 3 and 1, for every objective', async () => {
    expect(objectives).toHaveLength(8)
    const { ok, said } = await promtool(budgetGroups, budgetTests)
    expect(ok, said).toBe(true)
  })

  test('lead each trigger to its level or switch, and a healthy region to none', async () => {
    const { ok, said } = await promtool(groups, [...triggerTests, quiet])
    expect(ok, said).toBe(true)
  })

  test('and a threshold that is moved fails', async () => {
    const text = JSON.stringify(budgetGroups).replaceAll('> 0.144', '> 0.3')
    expect(await promtool(JSON.parse(text) as object[], budgetTests.slice(-1))).toMatchObject({ ok: false })
  })
})
