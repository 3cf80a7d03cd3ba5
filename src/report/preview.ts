import type { ChangeSummary } from '../engine/engine.ts'
import { type LiveImpact, impactLines } from './live-impact.ts'
import { changeLine, differenceLines, isUnchanged, summaryText, type ChangeData } from './region-changes.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

export interface PreviewRegion {
  region: string
  /** `skipped` where the run was stopped before the region was read. */
  status: 'unchanged' | 'changes' | 'failed' | 'skipped'
  provider: string | null
  summary: ChangeSummary
  changes: readonly ChangeData[]
  /** Null where the change leaves live sessions alone. */
  impact: LiveImpact | null
  durationMs: number
  error: RegionError | null
}

export interface PreviewData {
  regions: readonly PreviewRegion[]
  /** Null where none was asked for, or where a region could not be read. */
  plan: SavedPlan | null
}

export interface SavedPlan {
  /** Absolute path. */
  file: string
  digest: string
  /** RFC 3339, UTC; from then on `deploy --plan` refuses it. */
  expiresAt: string
}

/** `diff` lists the fields that differ, with their values, below each object. */
export function previewWriter(options: { diff: boolean }): Writer<PreviewData> {
  return {
    text: ({ regions, plan }, style) =>
      [
        ...regions.map((region) => regionText(region, options.diff, style)),
        ...(plan === null ? [] : [`plan ${plan.file}, to be deployed before ${plan.expiresAt}`]),
      ].join('\n\n'),
  }
}

function regionText(region: PreviewRegion, diff: boolean, style: Style): string {
  const title = style.bold(region.region)
  if (region.error) return `${title}  ${style.bad('failed')}: ${region.error.message}`
  if (region.status === 'skipped') return `${title}  ${style.dim('not read')}`
  const summary = summaryText(region.summary)
  const lines = region.changes.flatMap((change) => [
    `  ${changeLine(change, false)}`,
    ...(diff ? differenceLines(change) : []),
  ])
  const impact = region.impact ? impactLines(region.impact).map((line) => `  ${line}`) : []
  return [
    `${title}  ${isUnchanged(region.summary) ? style.good(summary) : summary}`,
    ...lines,
    ...impact,
  ].join('\n')
}
