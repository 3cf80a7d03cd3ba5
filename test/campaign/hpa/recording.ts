import type { AutoscalerRules, Limit } from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Count, Reading } from '../../../src/simulate/autoscaler/proposal.ts'

/** One sync of a real HorizontalPodAutoscaler: what it saw and what it did. */
export interface Sync {
  /** Milliseconds since the first sync of the recording. */
  at: number
  count: Count
  readings: readonly Reading[]
  decided: number
  /** When the scale was written, where it was. */
  actedAt: number | undefined
  /** Why the status says that the metrics are not followed all the way; unknown where it is not of this sync. */
  limit: Limit | 'unknown' | undefined
}

export interface Series {
  name: string
  rules: AutoscalerRules
  syncs: readonly Sync[]
}

/**
 * As it is checked in, a line for a sync: at, spec/status/ready, readings, decided, when that was written, limit.
 * `12034 8/8/8 11000 -> 9@12051`
 */
export interface WrittenSeries {
  name: string
  rules: AutoscalerRules
  syncs: readonly string[]
}

export function writeSeries({ name, rules, syncs }: Series): WrittenSeries {
  return { name, rules, syncs: syncs.map(writeSync) }
}

export function readSeries({ name, rules, syncs }: WrittenSeries): Series {
  return { name, rules, syncs: syncs.map(readSync) }
}

function writeSync({ at, count, readings, decided, actedAt, limit }: Sync): string {
  const acted = actedAt === undefined ? decided : `${decided}@${actedAt}`
  const counts = [count.specReplicas, count.statusReplicas, count.readyPods].join('/')
  return [at, counts, readings.map(writeReading).join(','), '->', acted, ...(limit ? [limit] : [])].join(' ')
}

/** A quantity in thousandths; usage as `used of request: measured+missing+unready`; or `-`. */
function writeReading(reading: Reading): string {
  if (reading === undefined) return '-'
  if (typeof reading === 'number') return String(reading)
  const { usedMilli, requestMilli, measured, missing, unready } = reading
  return [usedMilli, requestMilli, measured, missing, unready].join(':')
}

function readSync(line: string): Sync {
  const [at = '', counts = '', readings = '', , acted = '', limit] = line.split(' ')
  const [decided, actedAt] = acted.split('@').map(Number)
  const [specReplicas = 0, statusReplicas = 0, readyPods = 0] = counts.split('/').map(Number)
  return {
    at: Number(at),
    count: { specReplicas, statusReplicas, readyPods },
    readings: readings.split(',').map(readReading),
    decided: decided ?? 0,
    actedAt,
    limit: limit as Sync['limit'],
  }
}

function readReading(text: string): Reading {
  if (text === '-') return undefined
  const [usedMilli = 0, requestMilli, measured = 0, missing = 0, unready = 0] = text.split(':').map(Number)
  return requestMilli === undefined ? usedMilli : { usedMilli, requestMilli, measured, missing, unready }
}

/** How many syncs changed the count, left it, and were kept back by a rate policy. */
export function kindsOf(series: readonly Series[]): { acted: number; held: number; limited: number } {
  const syncs = series.flatMap((one) => one.syncs)
  const acted = syncs.filter(({ decided, count }) => decided !== count.specReplicas).length
  const limited = syncs.filter(({ limit }) => limit === 'ScaleUpLimit' || limit === 'ScaleDownLimit').length
  return { acted, held: syncs.length - acted, limited }
}
