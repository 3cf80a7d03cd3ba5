import type { LevelName } from '../degrade/level.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import { type Column, table } from './table.ts'

export interface DegradeRow {
  region: string
  /** The higher of the two; null where the region did not answer. */
  level: LevelName | null
  title: string | null
  manual: LevelName | null
  automatic: LevelName | null
  /** Why the manual level was set. */
  reason: string | null
  since: string | null
  /** Triggers that fire now. */
  firing: readonly string[]
  error: RegionError | null
}

export interface DegradeData {
  ladders: readonly DegradeRow[]
}

export const degradeWriter: Writer<DegradeData> = {
  text({ ladders }, style) {
    const notes = ladders.flatMap(({ region, error, reason, since, firing }) => [
      ...(error ? [`${region}: ${error.message}`] : []),
      ...(reason === null ? [] : [`${region}: set by hand since ${since}: ${reason}`]),
      ...(firing.length === 0 ? [] : [`${region}: fires: ${firing.join(', ')}`]),
    ])
    return [table(ladders, columns, style), ...notes].join('\n')
  },
}

const columns: readonly Column<DegradeRow>[] = [
  { title: 'REGION', value: ({ region }) => region },
  {
    title: 'LEVEL',
    value: ({ level }) => level ?? '-',
    paint: ({ level }, style) => (level === 'L1' ? style.good : style.warn),
  },
  { title: 'PROMISES', value: ({ title }) => title ?? '-' },
  { title: 'BY HAND', value: ({ manual }) => manual ?? '-' },
  { title: 'BY ALERTS', value: ({ automatic }) => automatic ?? '-' },
]
