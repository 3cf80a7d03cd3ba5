import type { ChangeData } from './region-changes.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'

export interface DestroyRegion {
  region: string
  /** `absent`: nothing of `iv` was deployed there. */
  status: 'destroyed' | 'absent' | 'failed' | 'skipped'
  deleted: number
  durationMs: number
  error: RegionError | null
}

export interface DestroyData {
  regions: readonly DestroyRegion[]
  deleted: readonly (Pick<ChangeData, 'kind' | 'name'> & { region: string })[]
  /** What stays, and why. */
  retained: readonly { region: string; name: string; reason: string }[]
}

export const destroyWriter: Writer<DestroyData> = {
  text: ({ regions, retained }, style) =>
    [
      ...regions.map((region) => `${style.bold(region.region)}  ${lineOf(region)}`),
      ...retained.map((kept) => `${kept.region}: ${kept.name} stays (${kept.reason})`),
    ].join('\n'),
}

function lineOf(region: DestroyRegion): string {
  if (region.error) return `failed: ${region.error.message}`
  if (region.status === 'absent') return 'nothing was deployed here'
  if (region.status === 'skipped') return 'not begun'
  return `destroyed, ${region.deleted} objects deleted in ${(region.durationMs / 1000).toFixed(1)} s`
}
