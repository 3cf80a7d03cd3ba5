import type { EngineResult, ResourceChange } from '../engine/engine.ts'
import { strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { DriftData, DriftItem, DriftRegion } from '../report/drift.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import { countDrift } from './count-drift.ts'
import type { Settled } from './lanes.ts'
import { closeSites, observe } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import type { DeployCollaborators } from './ports.ts'
import { previewSite } from './preview.ts'
import { openScope, type ScopeInput } from './scope.ts'
import type { Site } from './site.ts'
import { verdictOf } from './verdict.ts'

type Seen = readonly DriftItem[] | undefined

/**
 * Where the live regions differ from the specification, and whether anybody was to change that. Changes nothing.
 * Counts of instances that somebody chose after the minimum was set are expected. Outcome `CHANGES` where something
 * is unexplained.
 */
export async function drift(input: ScopeInput, c: DeployCollaborators): Promise<Report<DriftData>> {
  const scope = await openScope(input, c)
  refuseOtherOwner(scope.platform, 'drift')
  const settled = await observe(scope, (site) => look(site, c), c)
  closeSites(settled)
  const regions = settled.map(regionData)
  const verdict = verdictOf(
    settled.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'read', signal: c.signal },
  )
  const unexplained = unexplainedFailure(regions)
  const outcome = strongest([verdict.outcome, unexplained?.code ?? 'OK'])
  const error = outcome === unexplained?.code ? unexplained : verdict.error
  return {
    kind: 'DriftResult',
    data: { regions },
    outcome,
    ...(error === undefined ? {} : { error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: scope.platform.digest },
  }
}

async function look(site: Site, c: DeployCollaborators): Promise<Seen> {
  if (site.isNew) return undefined
  const seen = await previewSite(site, c)
  return [...fieldDrift(seen), ...(await countDrift(site))]
}

function fieldDrift({ changes }: EngineResult): DriftItem[] {
  return changes.flatMap((change): DriftItem[] => {
    const base = { kind: change.type, name: change.name, class: 'unexplained', owner: null } as const
    if (change.op === 'create') return [{ ...base, path: '', want: 'present', have: null }]
    if (change.op === 'delete') return [{ ...base, path: '', want: null, have: 'present' }]
    return fieldsOf(change).map(({ path, to, from }) => ({
      ...base,
      path,
      want: to ?? null,
      have: from ?? null,
    }))
  })
}

function fieldsOf({
  paths,
  differences = [],
}: ResourceChange): { path: string; from: unknown; to: unknown }[] {
  if (differences.length > 0) return [...differences]
  return paths.length > 0
    ? paths.map((path) => ({ path, from: null, to: null }))
    : [{ path: 'status', from: 'not ready', to: 'ready' }]
}

function regionData(end: Settled<{ seen: Seen }>): DriftRegion {
  const { region } = end
  if (end.status === 'skipped') return { region, status: 'skipped', items: [], error: null }
  if (end.status === 'failed') return { region, status: 'failed', items: [], error: regionError(end.failure) }
  const { seen } = end.value
  if (!seen) return { region, status: 'not-deployed', items: [], error: null }
  const isDrifted = seen.some((item) => item.class === 'unexplained')
  return { region, status: isDrifted ? 'drifted' : 'as-specified', items: seen, error: null }
}

function unexplainedFailure(regions: readonly DriftRegion[]): Failure | undefined {
  const counts = regions.flatMap(({ region, items }) => {
    const count = items.filter((item) => item.class === 'unexplained').length
    return count === 0 ? [] : [`${region} in ${count}`]
  })
  if (counts.length === 0) return undefined
  return new Failure('CHANGES', `differs from the specification, unexplained: ${counts.join(', ')} places`, {
    next: 'iv deploy brings the regions back; with --take-ownership also what another manager applied',
  })
}
