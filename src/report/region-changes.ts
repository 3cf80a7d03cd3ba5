import type { ChangeSummary, ResourceChange } from '../engine/engine.ts'

/** One change as the JSON documents of preview, deploy and destroy show it. */
export interface ChangeData {
  op: ResourceChange['op']
  urn: string
  kind: string
  name: string
  /** Why, in words. */
  reason: string
  paths: readonly string[]
  /** The values behind the paths: as it is, and as specified; null where the field is not there. */
  differences: readonly { path: string; from: unknown; to: unknown }[]
}

export function changeData(change: ResourceChange): ChangeData {
  const { op, urn, type, name, paths } = change
  const differences = (change.differences ?? []).map(({ path, from, to }) => ({
    path,
    from: from ?? null,
    to: to ?? null,
  }))
  return { op, urn, kind: type, name, reason: reasonOf(change), paths, differences }
}

function reasonOf({ op, paths }: ResourceChange): string {
  if (op === 'create') return 'not there'
  if (op === 'delete') return 'no longer wanted'
  if (paths.length === 0) return 'was not ready last time'
  return op === 'replace' ? 'differs in a field that cannot be changed' : 'differs'
}

const marks = { create: '+', update: '~', replace: '±', delete: '-' } as const

/** `~ apps/v1:Deployment iv-media/sfu  differs: spec.template` */
export function changeLine(change: ChangeData, withPaths: boolean): string {
  const paths = withPaths && change.paths.length > 0 ? `: ${change.paths.join(', ')}` : ''
  const why = change.op === 'create' || change.op === 'delete' ? '' : `  ${change.reason}${paths}`
  return `${marks[change.op]} ${change.kind} ${change.name}${why}`
}

/** `2 to create, 1 to update`, or that nothing is. */
export function summaryText(summary: ChangeSummary): string {
  const parts = (['create', 'update', 'replace', 'delete'] as const)
    .filter((op) => summary[op] > 0)
    .map((op) => `${summary[op]} to ${op}`)
  return parts.length === 0 ? `no changes, ${summary.same} as wanted` : parts.join(', ')
}

export function isUnchanged(summary: ChangeSummary): boolean {
  return summary.create + summary.update + summary.replace + summary.delete === 0
}

export const noChanges: ChangeSummary = { create: 0, update: 0, replace: 0, delete: 0, same: 0 }

/** `    spec.replicas: 3 -> 5`, one line per field, values cut where they are long. */
export function differenceLines(change: ChangeData): string[] {
  return change.differences.map(
    ({ path, from, to }) => `    ${path}: ${shortValue(from)} -> ${shortValue(to)}`,
  )
}

const longestValue = 60

function shortValue(value: unknown): string {
  if (value === null) return '(none)'
  const text = JSON.stringify(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
