import type { Fidelity, ObjectId } from '../system-plan.ts'

const rules: ObjectId = { kind: 'PrometheusRule', name: 'metrics-and-objectives' }

export function observabilityFidelity(): Fidelity[] {
  return [
    {
      demand: 'Scaling Triggers: the metric of every row, measured',
      carried: 'exact',
      objects: [rules, { kind: 'PodMonitor', name: 'sfu' }, { kind: 'PodMonitor', name: 'asr' }],
      reason: 'recording rules of the one catalogue that the autoscalers, dashboards and alerts read as well',
    },
    {
      demand: 'Load Testing Scenarios: completion > 98 %, mouth-to-ear p99 < 400 ms, fallback within 5 s',
      carried: 'exact',
      objects: [rules],
      reason:
        'burn-rate alerts over four pairs of windows; a limit is exact where it is the bound of a histogram bucket',
    },
    {
      demand: 'Priority Levels: Max Wait 100 ms / 500 ms / 5 s / 30 s, watched',
      carried: 'approximated',
      objects: [rules],
      reason:
        '99 % of the requests have to keep it: the document names no share, and the router’s buckets decide how near its bounds are',
    },
    {
      demand: 'Growth and recovery seen by people',
      carried: 'exact',
      objects: [
        { kind: 'ConfigMap', name: 'dashboard-pools' },
        { kind: 'ConfigMap', name: 'dashboard-degradation' },
        { kind: 'ConfigMap', name: 'dashboard-objectives' },
      ],
      reason: 'dashboards with the document’s thresholds drawn as lines',
    },
  ]
}
