import type { EngineResult, ResourceChange } from '../engine/engine.ts'
import { strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { DriftData, DriftItem, DriftRegion } from '../report/drift.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import type { Duration } from '../units/duration.ts'
import { countDrift } from './count-drift.ts'
import { explainDrift, recent } from './explain-drift.ts'
import type { Settled } from './lanes.ts'
import { closeSites, observe } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import type { DeployCollaborators } from './ports.ts'
import { previewSite } from './preview.ts'
import { keyOf, remediate } from './remediate.ts'
import { openScope, type Scope, type ScopeInput } from './scope.ts'
import type { Site } from './site.ts'
import { verdictOf } from './verdict.ts'

export interface DriftInput extends ScopeInput {
  /** Give what is unexplained its specified value again. */
  remediate: boolean
  /** Only what was changed within so long. */
  since?: Duration | undefined
}

interface Look {
  items: readonly DriftItem[]
  urns: ReadonlyMap<string, string>
}

/** Undefined where nothing is deployed. */
type Seen = Look | undefined

/**
 * Where the live regions differ from the specification, and whether anybody was to change that. Counts of instances
 * that somebody chose after the minimum was set are expected, held fields are overrides until their end. Changes
 * nothing unless asked to. Outcome `CHANGES` where something is left unexplained.
 */
export async function drift(input: DriftInput, c: DeployCollaborators): Promise<Report<DriftData>> {
  const scope = await openScope(input, c)
  refuseOtherOwner(scope.platform, 'drift')
  const settled = await observe(scope, (site) => look(site, input, c), c)
  try {
    return await conclude(input, { scope, settled }, c)
  } finally {
    closeSites(settled)
  }
}

async function conclude(
  input: DriftInput,
  { scope, settled }: { scope: Scope; settled: readonly Settled<{ site: Site; seen: Seen }>[] },
  c: DeployCollaborators,
): Promise<Report<DriftData>> {
  const { environment } = input
  const configDigest = scope.platform.digest
  const drifted = settled.flatMap((end) =>
    end.status === 'done' && end.value.seen ? [{ site: end.value.site, ...end.value.seen }] : [],
  )
  const runId = input.remediate ? await remediate(drifted, { environment, configDigest }, c) : undefined
  const again = runId === undefined ? settled : await lookAgain(settled, input, c)
  const regions = again.map((end) => regionData(end, runId !== undefined))
  const verdict = verdictOf(
    again.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
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
    environment,
    regions: scope.regions,
    inputs: { configDigest },
    ...(runId === undefined ? {} : { runId }),
  }
}

/** What was found is what was undone; what is shown is what is left. */
function lookAgain(
  settled: readonly Settled<{ site: Site; seen: Seen }>[],
  input: DriftInput,
  c: DeployCollaborators,
): Promise<Settled<{ site: Site; seen: Seen }>[]> {
  return Promise.all(
    settled.map(async (end) =>
      end.status === 'done'
        ? { ...end, value: { site: end.value.site, seen: await look(end.value.site, input, c) } }
        : end,
    ),
  )
}

async function look(site: Site, { since }: DriftInput, c: DeployCollaborators): Promise<Seen> {
  if (site.isNew) return undefined
  const seen = await previewSite(site, c)
  const found = [...fieldDrift(seen), ...(await countDrift(site))]
  const items = recent(await explainDrift(found, site.cluster, c), since, c.clock.now())
  return {
    items,
    urns: new Map(seen.changes.map(({ type, name, urn }) => [keyOf({ kind: type, name }), urn])),
  }
}

function fieldDrift({ changes }: EngineResult): DriftItem[] {
  return changes.flatMap((change): DriftItem[] => {
    const base = {
      kind: change.type,
      name: change.name,
      class: 'unexplained',
      owner: null,
      changedAt: null,
    } as const
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

function regionData(end: Settled<{ seen: Seen }>, isRemediated: boolean): DriftRegion {
  const { region } = end
  if (end.status === 'skipped') return { region, status: 'skipped', items: [], error: null }
  if (end.status === 'failed') return { region, status: 'failed', items: [], error: regionError(end.failure) }
  const { seen } = end.value
  if (!seen) return { region, status: 'not-deployed', items: [], error: null }
  const isDrifted = seen.items.some((item) => item.class === 'unexplained')
  const status = isDrifted ? 'drifted' : isRemediated ? 'remediated' : 'as-specified'
  return { region, status, items: seen.items, error: null }
}

function unexplainedFailure(regions: readonly DriftRegion[]): Failure | undefined {
  const counts = regions.flatMap(({ region, items }) => {
    const count = items.filter((item) => item.class === 'unexplained').length
    return count === 0 ? [] : [`${region} in ${count}`]
  })
  if (counts.length === 0) return undefined
  return new Failure('CHANGES', `differs from the specification, unexplained: ${counts.join(', ')} places`, {
    next: 'iv drift --remediate gives these fields their specified values again; iv deploy brings all of a region back',
  })
}
