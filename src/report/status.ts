import type { CustomResources } from '../deploy/custom-resources.ts'
import { customResourceLines } from './custom-resources.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'

export interface StatusPool {
  name: string
  namespace: string
  desired: number
  ready: number
  minimum: number
  maximum: number
  state: 'ready' | 'not-ready' | 'absent'
  /** Why it is not ready, in the words of the cluster. */
  reason: string | null
  /** Media servers that go when their last session has ended; null for pools without sessions. */
  draining: { pods: number; sessions: number } | null
}

export interface StatusNodes {
  shape: string
  ready: number
  total: number
}

export interface StatusRun {
  id: string
  command: string
  startedAt: string
  /** Null while it runs, and for ever when it was cut. */
  outcome: string | null
}

export interface StatusRegion {
  region: string
  role: string
  state: 'ready' | 'not-ready' | 'not-deployed' | 'unreachable'
  reachable: boolean
  context: string
  server: string | null
  /** The one that made the stack; null where there is none, or where only the engine could tell. */
  provider: string | null
  pools: readonly StatusPool[]
  nodes: readonly StatusNodes[]
  /** Null where the region cannot be reached. Accepted is not Ready: what no operator reconciles does nothing. */
  customResources: CustomResources | null
  lastRun: StatusRun | null
  error: RegionError | null
}

export interface StatusData {
  regions: readonly StatusRegion[]
  /** Only in the sandbox: start-up times are the specification's, divided by this. */
  timeScale: number | null
}

export const statusWriter: Writer<StatusData> = {
  text: (data, style) =>
    [...data.regions.map((region) => regionText(region, style)), ...scaleText(data)].join('\n\n'),
}

function regionText(region: StatusRegion, style: Style): string {
  const provider = region.provider === null ? '' : `  ${region.provider} provider`
  const title = `${style.bold(region.region)}  ${region.role}  ${paint(region.state, style)}${provider}`
  const last = `  last run: ${runText(region.lastRun)}`
  if (region.error) return [title, `  ${region.error.message}`, last].join('\n')
  const nodes = region.nodes.map(({ shape, ready, total }) => `${shape} ${ready}/${total}`).join(', ')
  const pools = region.state === 'not-deployed' ? [] : indent(table(region.pools, columns, style))
  const resources = region.state === 'not-deployed' ? null : region.customResources
  const custom = customResourceLines(resources).map((line) => `  ${line}`)
  return [title, ...pools, `  nodes: ${nodes === '' ? 'none' : nodes}`, ...custom, last].join('\n')
}

const columns: readonly Column<StatusPool>[] = [
  { title: 'POOL', value: ({ name }) => name },
  { title: 'READY', align: 'right', value: ({ ready, desired }) => `${ready}/${desired}` },
  { title: 'BOUNDS', value: ({ minimum, maximum }) => `${minimum}-${maximum}` },
  {
    title: 'STATE',
    value: ({ state }) => state,
    paint:
      ({ state }, style) =>
      (text) =>
        state === 'ready' ? style.good(text) : style.warn(text),
  },
  { title: 'WHY', value: whyText },
]

function whyText({ reason, draining }: StatusPool): string {
  const going =
    draining && draining.pods > 0 ? `draining ${draining.pods}: ${draining.sessions} sessions` : ''
  return [reason ?? '', going].filter((text) => text !== '').join('; ')
}

function paint(state: StatusRegion['state'], style: Style): string {
  if (state === 'ready') return style.good(state)
  return state === 'unreachable' ? style.bad(state) : style.warn(state)
}

function runText(run: StatusRun | null): string {
  return run === null ? 'none' : `${run.command} ${run.outcome ?? 'unfinished'}, ${run.startedAt} (${run.id})`
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}

function scaleText({ timeScale }: StatusData): string[] {
  return timeScale === null ? [] : [`sandbox: start-up times divided by ${timeScale}`]
}
