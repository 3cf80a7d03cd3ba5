import { rm } from 'node:fs/promises'
import type { EngineResult } from '../engine/engine.ts'
import { strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { refuseWhereLocked } from '../lock/acquire.ts'
import { refuseGaps } from '../prerequisites/refuse.ts'
import { impactLines } from '../report/live-impact.ts'
import { refuseUnplanned } from './binding.ts'
import type { Settled } from './lanes.ts'
import { liveImpact, shortage } from './live-sessions.ts'
import { observe } from './observe.ts'
import type { PlanBody } from './plan-file.ts'
import type { DeployCollaborators } from './ports.ts'
import { previewSite } from './preview.ts'
import { repairState } from './repair.ts'
import type { Scope } from './scope.ts'
import { showChanges } from './show-changes.ts'
import type { Site } from './site.ts'

export interface Observed {
  site: Site
  seen: EngineResult
}

export interface LookInput {
  scope: Scope
  takeOwnership: boolean
  plan: PlanBody | undefined
}

/** Looks at all regions that a deploy would change, and shows what it would do there. */
export async function lookAtAll(
  { scope, takeOwnership, plan }: LookInput,
  c: DeployCollaborators,
): Promise<Settled<Observed>[]> {
  const observed = await observe(
    scope,
    async (site) => {
      if (takeOwnership) refuseOfficial(site)
      await refuseWhereLocked({ ...site.target, cluster: site.cluster }, c)
      await refuseGaps(site)
      await repairState(site, c)
      const seen = await previewSite(site, c, { bind: true })
      showChanges(site.region, seen, c)
      refuseCostlyMigration(site, seen)
      if (plan) refuseUnplanned(plan, { site, seen })
      const impact = await liveImpact(site, seen)
      if (impact)
        c.host.notify('deploy.impact', { ...impact, text: impactLines(impact).join('\n') }, site.region)
      const short = impact && shortage(site.region, impact)
      if (short) throw short
      return seen
    },
    c,
  )
  return observed
}

/** Drops what the engine kept of the previews. */
export async function dropBonds(observed: readonly Settled<Observed>[]): Promise<void> {
  for (const end of observed) {
    const bond = end.status === 'done' ? end.value.seen.bond : undefined
    if (bond !== undefined) await rm(bond, { force: true })
  }
}

/** A plan is done whole or not begun: one region that differs keeps all of them. */
export function refuseIncomplete(observed: readonly Settled<Observed>[]): void {
  const failures = observed.flatMap((end) => (end.status === 'failed' ? [end.failure] : []))
  const outcome = strongest(failures.map(({ code }) => code))
  const leading = failures.find(({ code }) => code === outcome)
  if (leading) throw leading
}

/** The regions that will be worked on: unless told to go on, those before the first that could not be looked at. */
export function withinReach(observed: readonly Settled<Observed>[], goesOn: boolean): Observed[] {
  const broken = observed.findIndex((end) => end.status !== 'done')
  const before = !goesOn && broken >= 0 ? observed.slice(0, broken) : observed
  return before.flatMap((end) => (end.status === 'done' ? [end.value] : []))
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

/** Both providers keep the same state, so that a change of provider alone changes no object. */
function refuseCostlyMigration({ region, target, leaves }: Site, { summary }: EngineResult): void {
  const lost = summary.replace + summary.delete
  if (leaves === undefined || lost === 0) return
  throw new Failure(
    'REFUSED',
    `changing stack ${target.stack} from the ${leaves} to the ${target.provider} provider would replace or delete ${lost} objects`,
    { region, next: `deploy these changes with --provider ${leaves} first, then change over` },
  )
}
