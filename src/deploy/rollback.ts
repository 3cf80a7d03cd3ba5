import { Failure, isFailure, toFailure } from '../failure.ts'
import { planRegion } from '../platform/plan.ts'
import type { Run } from '../runs/journal.ts'
import { act } from './act.ts'
import { lastDeployed } from './deployed.ts'
import type { Observed } from './look.ts'
import type { DeployCollaborators } from './ports.ts'
import { previewSite } from './preview.ts'
import type { Scope } from './scope.ts'
import type { Site } from './site.ts'

/** The site with the plan of an earlier specification, for each region that a failed deploy would go back from. */
export type WayBack = ReadonlyMap<string, Site>

/**
 * Finds what every region would go back to, before anything is changed. A region that is new has nothing before it
 * and stays as it is.
 * @throws Failure `REFUSED` for a region whose last deploy kept no specification.
 */
export async function wayBack(
  sites: readonly Site[],
  { platform: current, without }: Pick<Scope, 'platform' | 'without'>,
  c: DeployCollaborators,
): Promise<WayBack> {
  const found = new Map<string, Site>()
  for (const site of sites.filter(({ isNew }) => !isNew)) {
    const { region, target, cluster } = site
    const before = await lastDeployed(region, current, c)
    if (!before) {
      throw new Failure(
        'REFUSED',
        `nothing tells what was deployed to ${region} before, so it cannot go back`,
        {
          region,
          next: 'deploy once without --on-failure rollback; each deploy keeps what it was made from',
        },
      )
    }
    const plan = planRegion(before.platform, region, without)
    const access = { provider: target.provider, cluster: target.cluster }
    found.set(region, {
      ...site,
      cluster,
      plan,
      target: { ...target, program: await c.makeProgram(plan, access) },
    })
  }
  return found
}

/**
 * Takes regions back to what was deployed before, the last one changed first.
 * @returns the reason of each region that did not get there.
 */
export async function rollBack(
  changed: readonly Observed[],
  { way, run }: { way: WayBack; run: Run },
  c: DeployCollaborators,
): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const { site } of changed.toReversed()) {
    const back = way.get(site.region)
    if (!back) continue
    c.host.notify('deploy.rolling-back', {}, site.region)
    try {
      await run.step('rollback', { stack: site.target.stack }, site.region)
      const seen = await previewSite(back, c, { bind: true })
      await act({ site: back, seen, takeOwnership: false, done: 'rolled-back' }, run, c)
    } catch (error) {
      const { message, code } = toFailure(error)
      failures.push(isFailure(error) ? error : new Failure(code, message, { region: site.region }))
    }
  }
  return failures
}
