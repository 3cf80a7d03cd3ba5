import { namespaceName } from '../names.ts'
import { tierOf } from '../tiers.ts'
import type { Metric } from './metric.ts'

const uses = ['alert', 'dashboard'] as const

/** What the degradation triggers are measured by, and the level that the region is on. */
export function degradationMetrics(platform: string): Metric[] {
  const speech = namespaceName(platform, tierOf('tts'))
  const inference = namespaceName(platform, tierOf('llm'))
  const media = namespaceName(platform, tierOf('sfu'))
  return [
    {
      name: 'llm-response',
      record: 'service:llm_response_seconds:p95',
      query: `histogram_quantile(0.95, sum by (le) (rate(vllm:e2e_request_latency_seconds_bucket{namespace="${inference}"}[2m])))`,
      unit: 'seconds',
      meaning: 'time in which 95 % of the model’s answers are complete',
      reads: [
        {
          series: 'vllm:e2e_request_latency_seconds_bucket',
          labels: ['namespace', 'le'],
          exporter: 'vLLM',
        },
      ],
      uses,
    },
    ready('llm', inference, 'model servers that can take a request'),
    ready('asr', speech, 'recognisers that can take a session'),
    ready('fallback-speech', speech, 'second speech engines that can take a session'),
    ready('evaluation', namespaceName(platform, tierOf('evaluation')), 'workers that can score'),
    ready('conductor', namespaceName(platform, tierOf('conductor')), 'conductors that can lead an interview'),
    ...quality(speech),
    {
      name: 'media-loss',
      record: 'service:media_packet_loss_percent:p95',
      query: `histogram_quantile(0.95, sum by (le) (rate(livekit_packet_loss_percent_bucket{namespace="${media}"}[2m])))`,
      unit: 'percent',
      meaning: 'packet loss that 95 % of the tracks stay below',
      reads: [
        {
          series: 'livekit_packet_loss_percent_bucket',
          labels: ['namespace', 'le'],
          exporter: 'LiveKit server',
        },
      ],
      uses,
    },
    ...regional,
  ]
}

/** What people hear, or do not. */
function quality(speech: string): Metric[] {
  return [
    {
      name: 'asr-accuracy',
      record: 'service:asr_confidence_percent:avg',
      query: `100 * sum(rate(iv_asr_word_confidence_sum{namespace="${speech}"}[5m])) / sum(rate(iv_asr_word_confidence_count{namespace="${speech}"}[5m]))`,
      unit: 'percent',
      meaning: 'mean confidence per word, standing in for accuracy, which nothing measures',
      reads: [
        { series: 'iv_asr_word_confidence_sum', labels: ['namespace'], exporter: 'workers of the pool asr' },
        {
          series: 'iv_asr_word_confidence_count',
          labels: ['namespace'],
          exporter: 'workers of the pool asr',
        },
      ],
      uses,
    },
    {
      name: 'tts-failures',
      record: 'service:tts_failure_percent:rate',
      query: `100 * sum(rate(iv_requests_total{namespace="${speech}",service="tts",outcome="failed"}[2m])) / sum(rate(iv_requests_total{namespace="${speech}",service="tts"}[2m]))`,
      unit: 'percent',
      meaning: 'sentences that no voice was made for',
      reads: [
        {
          series: 'iv_requests_total',
          labels: ['namespace', 'service', 'outcome'],
          exporter: 'workers of the pool tts',
        },
      ],
      uses,
    },
  ]
}

function ready(workload: string, namespace: string, meaning: string): Metric {
  return {
    name: `${workload}-ready`,
    record: `workload:${workload.replace('-', '_')}_ready:sum`,
    query: `sum(kube_deployment_status_replicas_ready{namespace="${namespace}",deployment="${workload}"})`,
    unit: 'count',
    meaning,
    reads: [
      {
        series: 'kube_deployment_status_replicas_ready',
        labels: ['namespace', 'deployment'],
        exporter: 'kube-state-metrics',
      },
    ],
    uses,
  }
}

/** Of the region itself. */
const regional: readonly Metric[] = [
  {
    name: 'replication-lag',
    record: 'service:database_replication_lag_seconds:max',
    query: 'max(cnpg_pg_replication_lag)',
    unit: 'seconds',
    meaning: 'how far the databases here are behind the one that they follow',
    reads: [{ series: 'cnpg_pg_replication_lag', labels: [], exporter: 'CloudNativePG' }],
    uses,
  },
  {
    name: 'degradation-level',
    record: 'service:degradation_level:max',
    query: 'max(iv_degradation_level)',
    unit: 'count',
    meaning: 'level that the region is on, 1 to 5: the higher of what was set by hand and what alerts led to',
    reads: [{ series: 'iv_degradation_level', labels: [], exporter: 'degradation receiver' }],
    uses: ['dashboard', 'status'],
  },
]
