import type { EngineResult, PreviewOptions } from '../engine/engine.ts'
import { span } from '../events/span.ts'
import { strongest } from '../exit-codes.ts'
import { Failure, type Finding } from '../failure.ts'
import type { PreviewData, PreviewRegion } from '../report/preview.ts'
import { refuseGaps } from '../prerequisites/refuse.ts'
import { changeData, isUnchanged, noChanges, summaryText } from '../report/region-changes.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import type { Duration } from '../units/duration.ts'
import { savePlan } from './binding.ts'
import type { LiveImpact } from '../report/live-impact.ts'
import type { Settled } from './lanes.ts'
import { liveImpact, shortage } from './live-sessions.ts'
import { closeSites, observe } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import type { DeployCollaborators } from './ports.ts'
import { openScope, type ScopeInput } from './scope.ts'
import type { Site } from './site.ts'
import { verdictOf } from './verdict.ts'

/** With what it would do to live sessions, where it would. */
interface Looked extends EngineResult {
  impact?: LiveImpact
}

export interface PreviewInput extends ScopeInput {
  expectNoChanges: boolean
  /** Where to write what was seen, for `deploy --plan`, and how long that is good for. */
  save?: { file: string; ttl?: Duration | undefined } | undefined
}

/**
 * What a deploy would do to each region, from its live state. Changes nothing.
 * Outcome `CHANGES` when none were expected; `PARTIAL` when some regions could not be read.
 */
export async function preview(input: PreviewInput, c: DeployCollaborators): Promise<Report<PreviewData>> {
  const scope = await openScope(input, c)
  refuseOtherOwner(scope.platform, 'preview')
  const gaps: Finding[] = []
  const settled = await observe(
    scope,
    async (site): Promise<Looked> => {
      gaps.push(...(await refuseGaps(site)))
      const seen = await previewSite(site, c)
      const impact = await liveImpact(site, seen)
      return impact ? { ...seen, impact } : seen
    },
    c,
  )
  closeSites(settled)
  const plan = input.save ? await savePlan({ ...input.save, platform: scope.platform }, settled, c) : null
  const regions = settled.map(regionData)
  const verdict = verdictOf(
    settled.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'previewed', signal: c.signal },
  )
  const unexpected = input.expectNoChanges ? unexpectedChanges(regions) : undefined
  const short = regions
    .flatMap(({ region, impact }) => (impact ? [shortage(region, impact)] : []))
    .find(Boolean)
  const outcome = strongest([verdict.outcome, unexpected?.code ?? 'OK', short?.code ?? 'OK'])
  const error = [unexpected, short].find((failure) => failure?.code === outcome) ?? verdict.error
  return {
    kind: 'PreviewResult',
    data: { regions, plan },
    outcome,
    ...(error === undefined ? {} : { error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: scope.platform.digest },
    findings: [
      ...settled.flatMap((end) => (end.status === 'done' ? end.value.site.plan.findings : [])),
      ...gaps,
    ],
  }
}

/** One preview, reported as a step; shared with deploy, which shows it before it asks. */
export async function previewSite(
  site: Site,
  c: DeployCollaborators,
  options: PreviewOptions = {},
): Promise<EngineResult> {
  const { region, engine, target } = site
  return span(
    {
      step: 'preview',
      what: `comparing ${region} with the specification`,
      region,
      detail: (result: EngineResult) => summaryText(result.summary),
    },
    () => engine.preview(target, options),
    c,
  )
}

function regionData(end: Settled<{ site: Site; seen: Looked }>): PreviewRegion {
  const nothing = {
    provider: null,
    summary: noChanges,
    changes: [],
    impact: null,
    durationMs: 0,
    error: null,
  }
  if (end.status === 'skipped') return { region: end.region, status: 'skipped', ...nothing }
  if (end.status === 'failed') {
    return { region: end.region, status: 'failed', ...nothing, error: regionError(end.failure) }
  }
  const { site, seen } = end.value
  return {
    region: end.region,
    status: isUnchanged(seen.summary) ? 'unchanged' : 'changes',
    provider: site.target.provider,
    summary: seen.summary,
    changes: seen.changes.map(changeData),
    impact: seen.impact ?? null,
    durationMs: seen.durationMs,
    error: null,
  }
}

function unexpectedChanges(regions: readonly PreviewRegion[]): Failure | undefined {
  const changed = regions.filter((region) => region.status === 'changes')
  if (changed.length === 0) return undefined
  const text = changed.map((region) => `${region.region} ${summaryText(region.summary)}`).join('; ')
  return new Failure('CHANGES', `no changes were expected, but there are: ${text}`, {
    next: 'look at them with --diff; iv deploy brings the regions back to the specification',
  })
}
