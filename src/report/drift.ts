import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

export interface DriftItem {
  /** `apps/v1:Deployment`. */
  kind: string
  /** `namespace/name`. */
  name: string
  /** The field; empty where the whole object is meant. */
  path: string
  /** As specified, and as it is; null where there is none. */
  want: unknown
  have: unknown
  /**
   * `expected`: the count belongs to whoever chose it. `override`: held by somebody, until an end. `unexplained`:
   * nobody was to change this.
   */
  class: 'expected' | 'override' | 'unexplained'
  /** The field manager that set it, where the server tells. */
  owner: string | null
  /** When somebody else last wrote the object, where it tells; RFC 3339, UTC. */
  changedAt: string | null
  /** Of an override. */
  until?: string
  reason?: string
}

export interface DriftRegion {
  region: string
  status: 'as-specified' | 'drifted' | 'remediated' | 'not-deployed' | 'failed' | 'skipped'
  items: readonly DriftItem[]
  error: RegionError | null
}

export interface DriftData {
  regions: readonly DriftRegion[]
}

export const driftWriter: Writer<DriftData> = {
  text: ({ regions }, style) => regions.map((region) => regionText(region, style)).join('\n\n'),
}

function regionText({ region, status, items, error }: DriftRegion, style: Style): string {
  const title = style.bold(region)
  if (error) return `${title}  ${style.bad('failed')}: ${error.message}`
  const summary = status === 'drifted' ? style.warn(status) : style.good(status.replace('-', ' '))
  return [`${title}  ${summary}`, ...items.map((item) => `  ${itemText(item)}`)].join('\n')
}

function itemText({ class: kind, owner, ...item }: DriftItem): string {
  const path = item.path === '' ? '' : `  ${item.path}`
  const until = item.until === undefined ? '' : ` until ${item.until}: ${item.reason ?? ''}`
  const by = owner === null ? '' : ` (${owner}${until})`
  return `${kind}  ${item.kind} ${item.name}${path}: ${text(item.want)} wanted, ${text(item.have)} found${by}`
}

function text(value: unknown): string {
  return value === null ? 'nothing' : JSON.stringify(value)
}
