import type { CountMetric, ShareMetric, TimeMetric } from '../criteria/metrics.ts'
import { countMetrics, shareMetrics, timeMetrics } from '../criteria/metrics.ts'
import { Histogram } from '../kernel/histogram.ts'

export interface Share {
  hits: number
  of: number
}

export interface Count {
  value: number
  /** Samples that it stands on: how often it could have happened. */
  of: number
}

/** Parts of the way from mouth to ear, in order. */
export const pathParts = ['capture', 'network', 'server', 'region', 'jitterBuffer', 'playout'] as const

export interface Measures {
  times: Readonly<Record<TimeMetric, Histogram>>
  /** Of a time: samples that never came to an end. They are worse than every other. */
  endless: Record<TimeMetric, number>
  shares: Readonly<Record<ShareMetric, Share>>
  counts: Readonly<Record<CountMetric, Count>>
  path: Readonly<Record<(typeof pathParts)[number], Histogram>>
  /** Turns at each level of the ladder, index 1 to 5. */
  levels: number[]
}

export function newMeasures(): Measures {
  return {
    times: recordOf(timeMetrics, () => new Histogram()),
    endless: recordOf(timeMetrics, () => 0),
    shares: recordOf(shareMetrics, () => ({ hits: 0, of: 0 })),
    counts: recordOf(countMetrics, () => ({ value: 0, of: 0 })),
    path: recordOf(pathParts, () => new Histogram()),
    levels: [0, 0, 0, 0, 0, 0],
  }
}

function recordOf<K extends string, V>(names: readonly K[], make: () => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<K, V>
}
