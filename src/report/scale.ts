import type { Decision } from '../scale/decision.ts'
import type { PoolName, Trigger } from '../spec/schema/pool.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'

/** One pool's row of the trigger table, and what its autoscaler makes of it. */
export interface ScalePool extends Decision, Pick<Trigger, 'metric' | 'scope' | 'scaleOut' | 'scaleIn'> {
  pool: PoolName
}

export interface ScaleRegion {
  region: string
  /** In the order of the specification; empty where the region cannot be reached. */
  pools: readonly ScalePool[]
  error: RegionError | null
}

export interface ScaleData {
  regions: readonly ScaleRegion[]
}

const words: Readonly<Record<Trigger['metric'], string>> = {
  sessions: 'sessions',
  queueDepth: 'pending',
  gpuUtilization: '% GPU',
  cpuUtilization: '% CPU',
}

const columns: readonly Column<ScalePool>[] = [
  { title: 'POOL', value: ({ pool }) => pool },
  {
    title: 'VALUE',
    align: 'right',
    value: ({ value }) => (value === null ? '?' : String(Number(value.toFixed(2)))),
  },
  { title: 'BAND', value: ({ scaleIn, scaleOut, metric }) => `${scaleIn}-${scaleOut} ${words[metric]}` },
  { title: 'NOW', align: 'right', value: ({ current }) => String(current ?? '-') },
  { title: 'WANTED', align: 'right', value: ({ desired }) => String(desired ?? '-') },
  {
    title: 'BOUNDS',
    value: ({ minimum, maximum }) => (minimum === null || maximum === null ? '-' : `${minimum}-${maximum}`),
  },
  { title: 'STATE', value: ({ state }) => state, paint: ({ state }, style) => paintOf(state, style) },
  {
    title: 'WHY',
    value: ({ reason, unknownSince }) => reason + (unknownSince ? ` (since ${unknownSince})` : ''),
  },
]

export const scaleWriter: Writer<ScaleData> = {
  text: ({ regions }, style) =>
    regions
      .map(({ region, pools, error }) =>
        [style.bold(region), error ? `  ${error.message}` : indent(table(pools, columns, style))].join('\n'),
      )
      .join('\n\n'),
  markdown: ({ regions }) =>
    [
      '| region | pool | value | band | now | wanted | bounds | state | why |',
      '|---|---|---:|---|---:|---:|---|---|---|',
      ...regions.flatMap(({ region, pools, error }) =>
        error
          ? [`| ${region} | | | | | | | unreachable | ${error.message} |`]
          : pools.map((pool) => `| ${[region, ...columns.map(({ value }) => value(pool))].join(' | ')} |`),
      ),
    ].join('\n'),
}

function paintOf(state: Decision['state'], style: Style): (text: string) => string {
  if (state === 'holding' || state === 'growing' || state === 'shrinking') return (text) => style.good(text)
  return state === 'unknown' ? (text) => style.bad(text) : (text) => style.warn(text)
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
