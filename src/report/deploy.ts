import type { ChangeSummary } from '../engine/engine.ts'
import type { CustomResources } from '../deploy/custom-resources.ts'
import { customResourceLines } from './custom-resources.ts'
import { summaryText } from './region-changes.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { table, type Column } from './table.ts'

export interface DeployPool {
  name: string
  ready: number
  desired: number
}

export interface DeployRegion {
  region: string
  status: 'deployed' | 'unchanged' | 'rolled-back' | 'failed' | 'skipped'
  provider: string | null
  context: string | null
  server: string | null
  summary: ChangeSummary
  pools: readonly DeployPool[]
  /** The parts that no row of the trigger table scales. */
  workloads: readonly DeployPool[]
  /** Media servers of before that still hold sessions; `iv status` follows them. */
  draining: number
  /** Null where nothing was done. Accepted is not Ready: what no operator reconciles does nothing. */
  customResources: CustomResources | null
  /** From the begin of the preview to the last pool Ready. */
  durationMs: number
  outputs: Readonly<Record<string, unknown>>
  error: RegionError | null
}

export interface DeployData {
  regions: readonly DeployRegion[]
  /** In which the regions were begun. */
  order: readonly string[]
  /** The looks at a region's health that `--bake` asks for between regions. */
  gates: readonly GateData[]
  /** For `deploy --resume`, where something is left to do. */
  resumeToken: string | null
}

export interface GateData {
  /** `health.us-east`. */
  id: string
  verdict: 'allow' | 'deny'
  reason: string
}

export const deployWriter: Writer<DeployData> = {
  text({ regions }, style) {
    const causes = regions.flatMap(({ region, error }) => (error ? [`${region}: ${error.message}`] : []))
    const shown = regions.length > 1 ? causes : []
    const draining = regions.flatMap(({ region, draining: pods }) =>
      pods > 0
        ? [`${region}: draining ${pods} media servers; iv status --region ${region} follows them`]
        : [],
    )
    const custom = regions.flatMap(({ region, customResources }) =>
      customResourceLines(customResources).map((line) => `${region}: ${line}`),
    )
    return [table(regions, columns, style), ...custom, ...draining, ...shown].join('\n')
  },
}

const columns: readonly Column<DeployRegion>[] = [
  { title: 'REGION', value: ({ region }) => region },
  { title: 'STATUS', value: ({ status }) => status, paint: ({ status }, style) => paintOf(status, style) },
  { title: 'CHANGES', value: ({ summary, status }) => (isDone(status) ? summaryText(summary) : '-') },
  {
    title: 'READY',
    value: ({ pools }) => pools.map((pool) => `${pool.name} ${pool.ready}/${pool.desired}`).join(', '),
  },
  { title: 'TOOK', align: 'right', value: ({ durationMs }) => `${(durationMs / 1000).toFixed(1)} s` },
]

function isDone(status: DeployRegion['status']): boolean {
  return status === 'deployed' || status === 'unchanged'
}

function paintOf(status: DeployRegion['status'], style: Style): (text: string) => string {
  if (status === 'failed') return (text) => style.bad(text)
  return (text) => (status === 'skipped' ? style.dim(text) : style.good(text))
}
