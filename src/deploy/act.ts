import type { EngineResult } from '../engine/engine.ts'
import { span } from '../events/span.ts'
import { isUnchanged } from '../report/region-changes.ts'
import { workloadsOf } from '../platform/objects.ts'
import type { Run } from '../runs/journal.ts'
import { withRegionLock } from './locked.ts'
import type { PoolState } from './pool-state.ts'
import type { DeployCollaborators } from './ports.ts'
import { Rollout } from './rollout.ts'
import type { Site } from './site.ts'

export interface Acted {
  /** Of the change, or of the look that found nothing to change. */
  result: EngineResult
  /** Of pools and workloads alike. */
  pools: readonly PoolState[]
  durationMs: number
}

/**
 * Changes one region where it differs, and waits until its pools and workloads are Ready. All under the region's
 * lock, and with a line in the journal before.
 */
export function act(
  { site, seen, takeOwnership }: { site: Site; seen: EngineResult; takeOwnership: boolean },
  run: Run,
  c: DeployCollaborators,
): Promise<Acted> {
  return withRegionLock({ site, command: 'deploy', runId: run.id, takeOwnership }, c, (locked, under) =>
    actLocked({ site: locked, seen }, run, under),
  )
}

async function actLocked(
  { site, seen }: { site: Site; seen: EngineResult },
  run: Run,
  c: DeployCollaborators,
): Promise<Acted> {
  const began = c.clock.monotonicMs()
  const { region, cluster, plan } = site
  const rollout = new Rollout({ region, cluster, pools: workloadsOf(plan) }, c).start()
  try {
    const result = isUnchanged(seen.summary) ? seen : await apply(site, { seen, run }, c)
    const pools = await span(
      { step: 'ready', what: `waiting for the pools of ${region}`, region },
      () => rollout.ready(),
      c,
    )
    await run.step(
      'ready',
      { pools: pools.map(({ name, ready, desired }) => ({ name, ready, desired })) },
      region,
    )
    return { result, pools, durationMs: Math.round(c.clock.monotonicMs() - began) }
  } finally {
    await rollout.close()
  }
}

async function apply(
  { region, engine, target, record }: Site,
  { seen, run }: { seen: EngineResult; run: Run },
  c: DeployCollaborators,
): Promise<EngineResult> {
  const { stack, provider } = target
  const fencingNumber = target.hold?.fencingNumber
  const { clusterUid } = record
  await run.step('apply', { stack, provider, clusterUid, fencingNumber, summary: seen.summary }, region)
  return span(
    { step: 'apply', what: `changing ${region}`, region },
    () => engine.up(target, record, seen.bond),
    c,
  )
}
