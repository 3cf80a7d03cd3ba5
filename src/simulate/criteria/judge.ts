import type { Measures } from '../model/measures.ts'
import type { Criterion } from '../scenario/schema.ts'
import { type CountMetric, readMetric, type ShareMetric, type TimeMetric } from './metrics.ts'

export type Verdict = 'pass' | 'fail' | 'unknown'

export interface Judged {
  text: string
  metric: string
  /** `< 400ms`, as written. */
  target: string
  /** Milliseconds, percent or a count; null where there is none, `endless` where some sample never ended. */
  actual: number | 'endless' | null
  unit: 'time' | 'share' | 'count'
  samples: number
  minimumSamples: number
  verdict: Verdict
}

const signs = { above: '>', below: '<', atMost: '<=', exactly: '=' } as const

/** One criterion against what was measured. Too few samples are never a pass. */
export function judge(criterion: Criterion, measures: Measures): Judged {
  const reading = readMetric(criterion.metric)
  if (!reading) throw new Error(`${criterion.metric} was not checked when the scenario was read`)
  const { actual, samples } = valueOf(reading, measures)
  const enough = samples >= criterion.minimumSamples && actual !== undefined
  return {
    text: criterion.text,
    metric: criterion.metric,
    target: `${signs[criterion.is]} ${limitText(criterion)}`,
    actual: shown(actual),
    unit: reading.metric.unit,
    samples,
    minimumSamples: criterion.minimumSamples,
    verdict: enough ? (holds(criterion, actual) ? 'pass' : 'fail') : 'unknown',
  }
}

function limitText({ duration, percent, count }: Criterion): string {
  if (duration) return duration.toString()
  return percent === undefined ? String(count) : `${percent} %`
}

function shown(actual: number | undefined): Judged['actual'] {
  if (actual === undefined) return null
  return actual === Number.POSITIVE_INFINITY ? 'endless' : actual
}

function valueOf(
  { name, metric, quantile }: NonNullable<ReturnType<typeof readMetric>>,
  measures: Measures,
): { actual: number | undefined; samples: number } {
  if (metric.unit === 'time') return timeOf(name as TimeMetric, quantile, measures)
  if (metric.unit === 'count') {
    const { value, of } = measures.counts[name as CountMetric]
    return { actual: value, samples: of }
  }
  const { hits, of } = measures.shares[name as ShareMetric]
  return { actual: of === 0 ? undefined : (hits / of) * 100, samples: of }
}

/** Samples without an end stand after all others. */
function timeOf(
  name: TimeMetric,
  quantile: number,
  { times, endless }: Measures,
): { actual: number | undefined; samples: number } {
  const histogram = times[name]
  const samples = histogram.count + endless[name]
  if (samples === 0) return { actual: undefined, samples }
  const rank = Math.max(1, Math.ceil(quantile * samples))
  if (rank > histogram.count) return { actual: Number.POSITIVE_INFINITY, samples }
  const actual = quantile === 1 ? histogram.largest : histogram.percentile(rank / histogram.count)
  return { actual, samples }
}

function holds(criterion: Criterion, actual: number): boolean {
  const limit = criterion.duration?.ms ?? criterion.percent ?? criterion.count ?? 0
  switch (criterion.is) {
    case 'above':
      return actual > limit
    case 'below':
      return actual < limit
    case 'atMost':
      return actual <= limit
    case 'exactly':
      return actual === limit
  }
}

/** What fails outweighs what is unknown. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail'
  return verdicts.includes('unknown') ? 'unknown' : 'pass'
}
