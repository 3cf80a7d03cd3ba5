import type { Collaborators } from '../collaborators.ts'
import { confirm } from '../events/confirm.ts'
import { Failure } from '../failure.ts'
import type { DeployData } from '../report/deploy.ts'
import { isUnchanged } from '../report/region-changes.ts'
import type { Report } from '../report/report.ts'
import { openRun, readJournal, type Run } from '../runs/journal.ts'
import type { Platform } from '../spec/platform.ts'
import type { Duration } from '../units/duration.ts'
import { act, type Acted } from './act.ts'
import { openPlan, refuseOtherConfig } from './binding.ts'
import { deployReport } from './deploy-report.ts'
import { keepSpecification } from './deployed.ts'
import { repeated } from './idempotency.ts'
import { inLanes, keepFailures, type Settled } from './lanes.ts'
import { dropBonds, lookAtAll, type Observed, refuseIncomplete, withinReach } from './look.ts'
import { closeSites } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import type { DeployCollaborators } from './ports.ts'
import { resumed } from './resume.ts'
import { rollBack, wayBack, type WayBack } from './rollback.ts'
import { openScope, type Scope, type ScopeInput } from './scope.ts'

export interface DeployInput extends ScopeInput {
  /** Regions changed at once, at least 1. */
  maxParallel: number
  /** `halt`: begin no further region once one has failed. `rollback`: that, and take back what was changed. */
  onFailure: 'halt' | 'continue' | 'rollback'
  /** Fields that other managers own are taken from them in this run. */
  takeOwnership: boolean
  /** File of `preview --save-plan`: only what it shows is done. */
  plan?: string | undefined
  /** Id of a deploy that ended early: its remaining regions are meant. */
  resume?: string | undefined
  /** Watch each changed region so long before the next is begun. */
  bake?: Duration | undefined
  /** A second deploy with the same key does nothing where the first did all, and goes on from it where not. */
  idempotencyKey?: string | undefined
}

interface Work {
  input: DeployInput
  scope: Scope
  /** Undefined where nothing is within reach. */
  run: Run | undefined
  way: WayBack | undefined
}

/**
 * Brings regions to the specification: looks at all of them, shows what would change, asks once, then changes only
 * those that differ, in order, and waits until every pool is Ready.
 * @throws Failure `CANCELLED` on a decline.
 */
export async function deploy(input: DeployInput, c: DeployCollaborators): Promise<Report<DeployData>> {
  const before = input.idempotencyKey === undefined ? undefined : await repeated(input, c)
  if (before?.report) return before.report
  const { plan, scope, resumes } = await open({ ...input, resume: input.resume ?? before?.resume }, c)
  refuseOtherOwner(scope.platform, 'deploy')
  const observed = await lookAtAll({ scope, takeOwnership: input.takeOwnership, plan }, c)
  try {
    if (plan) refuseIncomplete(observed)
    const reachable = withinReach(observed, input.onFailure === 'continue')
    const sites = reachable.map(({ site }) => site)
    const way = input.onFailure === 'rollback' ? await wayBack(sites, scope, c) : undefined
    await ask(reachable, c)
    const run = reachable.length > 0 ? await openJournal(input, { scope, resumes }, c) : undefined
    const acted = await actOnAll(observed, { input, scope, run, way }, c)
    const rollback = await goBack(reachable, { acted, run, way }, c)
    return await deployReport({ observed, acted, scope, run, rollback }, input, c)
  } finally {
    closeSites(observed)
    await dropBonds(observed)
  }
}

/** What is meant: the regions named, those of the plan, or those that an earlier run left. */
async function open(input: DeployInput, c: Collaborators) {
  const { environment, regions } = input
  const plan = input.plan === undefined ? undefined : await openPlan(input.plan, environment, c)
  const left = input.resume === undefined ? undefined : await resumed(input.resume, environment, c)
  const meant = left?.regions ?? plan?.regions.map(({ region }) => region) ?? []
  const scope = await openScope({ ...input, regions: regions.length > 0 && !left ? regions : meant }, c)
  if (plan) refuseOtherConfig(plan, scope.platform)
  if (left && left.configDigest !== scope.platform.digest) {
    throw new Failure('CHANGES', `the specification has changed since run ${left.run} began`, {
      next: 'deploy anew; regions that are as specified are left alone',
    })
  }
  return { plan, scope, resumes: left?.run }
}

async function ask(observed: readonly Observed[], c: DeployCollaborators): Promise<void> {
  const changing = observed.filter(({ seen }) => !isUnchanged(seen.summary)).map(({ site }) => site.region)
  if (changing.length === 0) return
  const text = `Apply these changes to ${changing.join(', ')}?`
  await confirm({ id: 'deploy', text, danger: 'change' }, c)
}

async function openJournal(
  input: DeployInput,
  {
    scope,
    resumes,
  }: { scope: { platform: Platform; regions: readonly string[] }; resumes: string | undefined },
  c: DeployCollaborators,
): Promise<Run> {
  const { environment, maxParallel, onFailure, provider, takeOwnership, idempotencyKey } = input
  const told = { maxParallel, onFailure, provider, takeOwnership, idempotencyKey, resumes }
  const inputs = { configDigest: scope.platform.digest, ...told }
  const run = await openRun({ command: 'deploy', environment, regions: scope.regions, inputs }, c)
  await keepSpecification(run, scope.platform)
  return run
}

async function actOnAll(
  observed: readonly Settled<Observed>[],
  { input, scope, run }: Work,
  c: DeployCollaborators,
): Promise<Settled<Acted>[]> {
  const byRegion = new Map(observed.map((end) => [end.region, end]))
  const { takeOwnership, bake } = input
  const halt = input.onFailure !== 'continue'
  const lanes = { regions: scope.regions, parallel: input.maxParallel, halt, signal: c.signal }
  const acted = await inLanes(lanes, async (region) => {
    const end = byRegion.get(region)
    if (end?.status === 'failed') throw end.failure
    // A region is skipped while looking only when the run was stopped.
    if (end?.status !== 'done' || !run) throw c.signal.reason
    return act({ ...end.value, takeOwnership, bake }, run, c)
  })
  return keepFailures(acted, observed)
}

/** After a failure, unless the run was stopped: a person who stops it wants to look, not another hour of changes. */
async function goBack(
  reachable: readonly Observed[],
  { acted, run, way }: { acted: readonly Settled<Acted>[]; run: Run | undefined; way: WayBack | undefined },
  c: DeployCollaborators,
) {
  if (!way || !run || c.signal.aborted || acted.every((end) => end.status !== 'failed')) return undefined
  const lines = await readJournal(c.paths, run.id)
  const begun = new Set(lines.flatMap(({ step, region }) => (step === 'apply' ? [region] : [])))
  const changed = reachable.filter(({ site: { region } }) => begun.has(region) && way.has(region))
  if (changed.length === 0) return undefined
  const failures = await rollBack(changed, { way, run }, c)
  return { regions: changed.map(({ site }) => site.region), failures }
}
