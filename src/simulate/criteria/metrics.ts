/** How a metric is counted: what it is a number of, and the word for one sample of it. */
interface Metric {
  unit: 'time' | 'share' | 'count'
  /** One sentence: what is measured, from when until when. */
  meaning: string
  /** Candidates and requests that one sample stands for. */
  sample: string
}

const times = {
  'mouth-to-ear': { meaning: 'way of the media from mouth to ear, of one direction', sample: 'utterance' },
  'turn-latency': {
    meaning: 'from the end of the candidate’s answer to the first sound of the AI',
    sample: 'turn',
  },
  join: { meaning: 'from the first request until the candidate is on a server', sample: 'join' },
  'session-resume': {
    meaning: 'from a failure until an interrupted interview goes on; those that never do count as endless',
    sample: 'interrupted interview',
  },
  'fallback-activation': {
    meaning: 'from the failure of primary ASR until the other provider or text mode serves the interview',
    sample: 'interview that lost ASR',
  },
  'recovery-after-restore': {
    meaning: 'from the end of a fault until no interview is below full capability and no breaker is open',
    sample: 'region and healed fault',
  },
  'dns-failover': {
    meaning: 'from the loss of a region until the name servers and every resolver answer with another',
    sample: 'lost region',
  },
  'data-loss': {
    meaning: 'how far back acknowledged data of an interrupted interview is missing, worst class',
    sample: 'interview of a lost region',
  },
  'recording-gap': {
    meaning: 'recording that is missing from an interrupted interview',
    sample: 'interruption',
  },
  outage: { meaning: 'from a fault until new interviews are let in everywhere again', sample: 'outage' },
  'critical-wait': { meaning: 'wait of a CRITICAL request for a GPU', sample: 'request' },
  'high-wait': { meaning: 'wait of a HIGH request for a GPU', sample: 'request' },
  'medium-wait': { meaning: 'wait of a MEDIUM request for a GPU', sample: 'request' },
  'low-wait': { meaning: 'wait of a LOW request for a GPU', sample: 'request' },
} as const

const shares = {
  'completion-rate': {
    meaning: 'interviews that came to their end, of those that ended',
    sample: 'ended interview',
  },
  'asr-accuracy-loss': {
    meaning: 'utterances that the primary recogniser did not hear in real time',
    sample: 'utterance',
  },
  'critical-shed': { meaning: 'CRITICAL requests given up at the wait bound', sample: 'request' },
  'full-capability': { meaning: 'interview time at level 1', sample: 'turn' },
} as const

const counts = {
  'session-failures': { meaning: 'interviews that were refused, cut off or given up', sample: 'interview' },
  'interview-terminations': {
    meaning: 'running interviews that were cut off or given up',
    sample: 'interview',
  },
  'transcripts-lost': { meaning: 'utterances that nothing recognised', sample: 'utterance' },
  'notifications-undelivered': {
    meaning: 'interrupted candidates who were never told',
    sample: 'interrupted interview',
  },
  'refused-joins': { meaning: 'interviews that found no server', sample: 'join' },
  'ended-by-scale-in': { meaning: 'interviews that a shrinking pool cut off', sample: 'interview' },
} as const

export type TimeMetric = keyof typeof times
export type ShareMetric = keyof typeof shares
export type CountMetric = keyof typeof counts
export type MetricName = TimeMetric | ShareMetric | CountMetric

export const timeMetrics = Object.keys(times) as TimeMetric[]
export const shareMetrics = Object.keys(shares) as ShareMetric[]
export const countMetrics = Object.keys(counts) as CountMetric[]

const quantiles: Readonly<Record<string, number>> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

/** A metric as a criterion names it: `join-p99`; a time without a percentile is its worst sample. */
export interface MetricReading {
  name: MetricName
  metric: Metric
  /** 0 to 1; 1 is the worst sample. Only of times. */
  quantile: number
}

/** @returns undefined for a name that is no metric. */
export function readMetric(text: string): MetricReading | undefined {
  const match = /^(.*)-(p\d\d)$/.exec(text)
  const quantile = quantiles[match?.[2] ?? '']
  const time = timeMetrics.find((name) => name === (quantile === undefined ? text : match?.[1]))
  if (time !== undefined) {
    return { name: time, metric: { unit: 'time', ...times[time] }, quantile: quantile ?? 1 }
  }
  const share = shareMetrics.find((name) => name === text)
  if (share !== undefined) return { name: share, metric: { unit: 'share', ...shares[share] }, quantile: 1 }
  const count = countMetrics.find((name) => name === text)
  if (count !== undefined) return { name: count, metric: { unit: 'count', ...counts[count] }, quantile: 1 }
  return undefined
}

export const metricNames: readonly string[] = [
  ...timeMetrics.flatMap((name) => [name, `${name}-p50`, `${name}-p90`, `${name}-p95`, `${name}-p99`]),
  ...shareMetrics,
  ...countMetrics,
]
