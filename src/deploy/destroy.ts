import type { EngineResult } from '../engine/engine.ts'
import { confirm } from '../events/confirm.ts'
import { span } from '../events/span.ts'
import { Failure } from '../failure.ts'
import { refuseWhereLocked } from '../lock/acquire.ts'
import type { DestroyData, DestroyRegion } from '../report/destroy.ts'
import { changeData } from '../report/region-changes.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import { openRun, type Run } from '../runs/journal.ts'
import { inLanes, keepFailures, type Settled } from './lanes.ts'
import { closeSites, observe } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import { withRegionLock } from './locked.ts'
import type { DeployCollaborators } from './ports.ts'
import { repairState } from './repair.ts'
import { openScope, type Scope, type ScopeInput } from './scope.ts'
import { showChanges } from './show-changes.ts'
import type { Site } from './site.ts'
import { sweep } from './sweep.ts'
import { verdictOf } from './verdict.ts'

export interface DestroyInput extends ScopeInput {
  maxParallel: number
  onFailure: 'halt' | 'continue'
}

/** What would go; undefined where nothing of `iv` is deployed. */
type Seen = EngineResult | undefined
type Observed = { site: Site; seen: Seen }
type Ended = { deleted: EngineResult['changes']; durationMs: number; isAbsent: boolean }

/**
 * Removes everything that `iv` deployed to the regions, then their stacks; primary before standby, the way back
 * of a deploy. Each region's name has to be typed or confirmed by flag.
 * @throws Failure `NOT_FOUND` where none of the regions is deployed, `CANCELLED` on a decline.
 */
export async function destroy(input: DestroyInput, c: DeployCollaborators): Promise<Report<DestroyData>> {
  const opened = await openScope(input, c)
  refuseOtherOwner(opened.platform, 'destroy')
  const scope = { ...opened, regions: opened.regions.toReversed() }
  const observed = await observe(scope, (site) => look(site, c), c)
  try {
    refuseEmpty(observed)
    await askForEach(observed, c)
    const { environment } = input
    const inputs = { configDigest: scope.platform.digest }
    const run = await openRun({ command: 'destroy', environment, regions: scope.regions, inputs }, c)
    const ended = await destroyAll(observed, { input, run }, c)
    return await report(ended, { scope, input, run }, c)
  } finally {
    closeSites(observed)
  }
}

async function look(site: Site, c: DeployCollaborators): Promise<Seen> {
  if (site.isNew) return undefined
  await refuseWhereLocked({ ...site.target, cluster: site.cluster }, c)
  await repairState(site, c)
  const seen = await site.engine.previewDestroy(site.target)
  showChanges(site.region, seen, c)
  return seen
}

function refuseEmpty(observed: readonly Settled<Observed>[]): void {
  const absent = observed.filter((end) => end.status === 'done' && end.value.seen === undefined)
  if (observed.length === 0 || absent.length < observed.length) return
  const names = observed.map((end) => end.region).join(', ')
  throw new Failure('NOT_FOUND', `nothing is deployed in ${names}`, {
    next: 'iv status --region all shows what is deployed where',
  })
}

/** All questions come before the first deletion, so that a decline leaves everything as it was. */
async function askForEach(observed: readonly Settled<Observed>[], c: DeployCollaborators): Promise<void> {
  for (const end of observed) {
    if (end.status !== 'done' || end.value.seen === undefined) continue
    const { region } = end
    const text = `Delete ${end.value.seen.summary.delete} objects of ${region}, with every session that runs there.`
    await confirm({ id: `destroy.${region}`, text, danger: 'destroy', expected: region }, c)
  }
}

async function destroyAll(
  observed: readonly Settled<Observed>[],
  { input, run }: { input: DestroyInput; run: Run },
  c: DeployCollaborators,
): Promise<Settled<Ended>[]> {
  const byRegion = new Map(observed.map((end) => [end.region, end]))
  const regions = observed.map((end) => end.region)
  const halt = input.onFailure === 'halt'
  const lanes = { regions, parallel: input.maxParallel, halt, signal: c.signal }
  const ended = await inLanes(lanes, async (region) => {
    const end = byRegion.get(region)
    if (end?.status === 'failed') throw end.failure
    if (end?.status !== 'done') throw c.signal.reason
    const { site, seen } = end.value
    if (seen === undefined) return { deleted: [], durationMs: 0, isAbsent: true }
    return withRegionLock({ site, command: 'destroy', runId: run.id }, c, (locked, under) =>
      destroySite(locked, run, under),
    )
  })
  return keepFailures(ended, observed)
}

async function destroySite(site: Site, run: Run, c: DeployCollaborators): Promise<Ended> {
  const { region, engine, target } = site
  const fencingNumber = target.hold?.fencingNumber
  await run.step(
    'destroy',
    { stack: target.stack, clusterUid: site.record.clusterUid, fencingNumber },
    region,
  )
  const pending = await engine.unrecorded(target)
  const { changes, durationMs } = await span(
    { step: 'destroy', what: `destroying ${region}`, region },
    () => engine.destroy(target),
    c,
  )
  await sweep(pending, site.cluster, c)
  await run.step('remove-stack', { stack: target.stack }, region)
  await engine.remove(target)
  return { deleted: changes.filter((change) => change.op === 'delete'), durationMs, isAbsent: false }
}

async function report(
  ended: readonly Settled<Ended>[],
  { scope, input, run }: { scope: Scope; input: DestroyInput; run: Run },
  c: DeployCollaborators,
): Promise<Report<DestroyData>> {
  const verdict = verdictOf(
    ended.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'destroyed', signal: c.signal },
  )
  await run.end(verdict.outcome)
  const deleted = ended.flatMap((end) =>
    end.status === 'done'
      ? end.value.deleted.map((change) => {
          const { kind, name } = changeData(change)
          return { region: end.region, kind, name }
        })
      : [],
  )
  return {
    kind: 'DestroyResult',
    data: { regions: ended.map(regionData), deleted, retained: [] },
    outcome: verdict.outcome,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: scope.platform.digest },
    runId: run.id,
  }
}

function regionData(end: Settled<Ended>): DestroyRegion {
  const { region } = end
  if (end.status === 'skipped') return { region, status: 'skipped', deleted: 0, durationMs: 0, error: null }
  if (end.status === 'failed') {
    return { region, status: 'failed', deleted: 0, durationMs: 0, error: regionError(end.failure) }
  }
  const { deleted, durationMs, isAbsent } = end.value
  const status = isAbsent ? 'absent' : 'destroyed'
  return { region, status, deleted: deleted.length, durationMs, error: null }
}
