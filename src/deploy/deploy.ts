import { rm } from 'node:fs/promises'
import type { EngineResult } from '../engine/engine.ts'
import { confirm } from '../events/confirm.ts'
import { strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { DeployData } from '../report/deploy.ts'
import { isUnchanged } from '../report/region-changes.ts'
import type { Report } from '../report/report.ts'
import { refuseGaps } from '../prerequisites/refuse.ts'
import { refuseWhereLocked } from '../lock/acquire.ts'
import { openRun, type Run } from '../runs/journal.ts'
import { act, type Acted } from './act.ts'
import { openPlan, refuseOtherConfig, refuseUnplanned } from './binding.ts'
import { deployRegion } from './deploy-region.ts'
import { inLanes, keepFailures, type Settled } from './lanes.ts'
import { closeSites, observe } from './observe.ts'
import { refuseOtherOwner } from './owner.ts'
import type { PlanBody } from './plan-file.ts'
import type { DeployCollaborators } from './ports.ts'
import { repairState } from './repair.ts'
import { previewSite } from './preview.ts'
import { openScope, type Scope, type ScopeInput } from './scope.ts'
import { showChanges } from './show-changes.ts'
import type { Site } from './site.ts'
import { verdictOf } from './verdict.ts'

export interface DeployInput extends ScopeInput {
  /** Regions changed at once, at least 1. */
  maxParallel: number
  /** `halt`: begin no further region once one has failed. */
  onFailure: 'halt' | 'continue'
  /** Fields that other managers own are taken from them in this run. */
  takeOwnership: boolean
  /** File of `preview --save-plan`: only what it shows is done. */
  plan?: string | undefined
}

export interface Observed {
  site: Site
  seen: EngineResult
}

/**
 * Brings regions to the specification: looks at all of them, shows what would change, asks once, then changes only
 * those that differ, in order, and waits until every pool is Ready.
 * @throws Failure `CANCELLED` on a decline.
 */
export async function deploy(input: DeployInput, c: DeployCollaborators): Promise<Report<DeployData>> {
  const plan = input.plan === undefined ? undefined : await openPlan(input.plan, input.environment, c)
  const scope = await openScope(withRegionsOf(plan, input), c)
  refuseOtherOwner(scope.platform, 'deploy')
  if (plan) refuseOtherConfig(plan, scope.platform)
  const observed = await observe(
    scope,
    async (site) => {
      if (input.takeOwnership) refuseOfficial(site)
      await refuseWhereLocked({ ...site.target, cluster: site.cluster }, c)
      await refuseGaps(site)
      await repairState(site, c)
      const seen = await previewSite(site, c, { bind: true })
      showChanges(site.region, seen, c)
      if (plan) refuseUnplanned(plan, { site, seen })
      return seen
    },
    c,
  )
  try {
    if (plan) refuseIncomplete(observed)
    const reachable = withinReach(observed, input)
    await ask(reachable, c)
    const run = reachable.length > 0 ? await openJournal(input, scope, c) : undefined
    const acted = await actOnAll(observed, { input, scope, run }, c)
    return await report(observed, { acted, scope, input, run }, c)
  } finally {
    closeSites(observed)
    await dropBonds(observed)
  }
}

async function dropBonds(observed: readonly Settled<Observed>[]): Promise<void> {
  for (const end of observed) {
    const bond = end.status === 'done' ? end.value.seen.bond : undefined
    if (bond !== undefined) await rm(bond, { force: true })
  }
}

/** Without regions named, those of the plan are meant. */
function withRegionsOf(plan: PlanBody | undefined, input: DeployInput): DeployInput {
  if (!plan || input.regions.length > 0) return input
  return { ...input, regions: plan.regions.map(({ region }) => region) }
}

/** A plan is done whole or not begun: one region that differs keeps all of them. */
function refuseIncomplete(observed: readonly Settled<Observed>[]): void {
  const failures = observed.flatMap((end) => (end.status === 'failed' ? [end.failure] : []))
  const outcome = strongest(failures.map(({ code }) => code))
  const leading = failures.find(({ code }) => code === outcome)
  if (leading) throw leading
}

/** Only our own provider can be told per run; the official one takes a field by an annotation in the program. */
function refuseOfficial({ region, target }: Site): void {
  if (target.provider === 'bundled') return
  throw new Failure(
    'REFUSED',
    `--take-ownership needs the bundled provider, stack ${target.stack} has the official one`,
    {
      region,
      next: 'give the object the annotation pulumi.com/patchForce: "true"',
    },
  )
}

/** The regions that will be worked on: with `halt`, those before the first one that could not even be looked at. */
function withinReach(observed: readonly Settled<Observed>[], input: DeployInput): Observed[] {
  const broken = observed.findIndex((end) => end.status !== 'done')
  const before = input.onFailure === 'halt' && broken >= 0 ? observed.slice(0, broken) : observed
  return before.flatMap((end) => (end.status === 'done' ? [end.value] : []))
}

async function ask(observed: readonly Observed[], c: DeployCollaborators): Promise<void> {
  const changing = observed.filter(({ seen }) => !isUnchanged(seen.summary)).map(({ site }) => site.region)
  if (changing.length === 0) return
  const text = `Apply these changes to ${changing.join(', ')}?`
  await confirm({ id: 'deploy', text, danger: 'change' }, c)
}

function openJournal(input: DeployInput, scope: Scope, c: DeployCollaborators): Promise<Run> {
  const { environment, maxParallel, onFailure, provider, takeOwnership } = input
  const inputs = { configDigest: scope.platform.digest, maxParallel, onFailure, provider, takeOwnership }
  return openRun({ command: 'deploy', environment, regions: scope.regions, inputs }, c)
}

interface Work {
  input: DeployInput
  scope: Scope
  run: Run | undefined
}

async function actOnAll(
  observed: readonly Settled<Observed>[],
  { input, scope, run }: Work,
  c: DeployCollaborators,
): Promise<Settled<Acted>[]> {
  const byRegion = new Map(observed.map((end) => [end.region, end]))
  const halt = input.onFailure === 'halt'
  const lanes = { regions: scope.regions, parallel: input.maxParallel, halt, signal: c.signal }
  const acted = await inLanes(lanes, async (region) => {
    const end = byRegion.get(region)
    if (end?.status === 'failed') throw end.failure
    // A region is skipped while looking only when the run was stopped.
    if (end?.status !== 'done' || !run) throw c.signal.reason
    return act({ ...end.value, takeOwnership: input.takeOwnership }, run, c)
  })
  return keepFailures(acted, observed)
}

interface Results {
  acted: readonly Settled<Acted>[]
  scope: Scope
  input: DeployInput
  run: Run | undefined
}

async function report(
  observed: readonly Settled<Observed>[],
  { acted, scope, input, run }: Results,
  c: DeployCollaborators,
): Promise<Report<DeployData>> {
  const verdict = verdictOf(
    acted.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'deployed', signal: c.signal },
  )
  await run?.end(verdict.outcome)
  const regions = acted.map((end, index) => deployRegion(end, observed[index]))
  return {
    kind: 'DeployResult',
    data: { regions, order: scope.regions, gates: [], resumeToken: null },
    outcome: verdict.outcome,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: scope.platform.digest },
    ...(run === undefined ? {} : { runId: run.id }),
    findings: observed.flatMap((end) => (end.status === 'done' ? end.value.site.plan.findings : [])),
  }
}
