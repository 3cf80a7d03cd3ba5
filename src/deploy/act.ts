import type { EngineResult } from '../engine/engine.ts'
import { span } from '../events/span.ts'
import { toFailure } from '../failure.ts'
import type { GateData } from '../report/deploy.ts'
import { isUnchanged } from '../report/region-changes.ts'
import { workloadsOf } from '../platform/objects.ts'
import type { Run } from '../runs/journal.ts'
import { bake } from './bake.ts'
import { type CustomResources, observeCustomResources } from './custom-resources.ts'
import { mediaPods, mediaPool } from './live-sessions.ts'
import type { Duration } from '../units/duration.ts'
import { withRegionLock } from './locked.ts'
import type { PoolState } from './pool-state.ts'
import type { DeployCollaborators } from './ports.ts'
import { Rollout } from './rollout.ts'
import type { Site } from './site.ts'
import { sweep } from './sweep.ts'

export interface Acted {
  /** Of the change, or of the look that found nothing to change. */
  result: EngineResult
  /** Of pools and workloads alike. */
  pools: readonly PoolState[]
  customResources: CustomResources
  durationMs: number
  /** Media servers of before that still hold sessions. */
  draining: number
  /** Of the time that the region was watched afterwards. */
  gate?: GateData
}

export interface ActInput {
  site: Site
  seen: EngineResult
  takeOwnership: boolean
  /** Watch a region that was changed so long, after its lock was given back. */
  bake?: Duration | undefined
  /** What the journal calls its end; `ready` unless it is a way back. */
  done?: 'ready' | 'rolled-back' | 'remediated'
}

/**
 * Changes one region where it differs, and waits until its pools and workloads are Ready. All under the region's
 * lock, and with a line in the journal before.
 */
export async function act(input: ActInput, run: Run, c: DeployCollaborators): Promise<Acted> {
  const { site, seen, takeOwnership, done = 'ready' } = input
  const work = { site, command: 'deploy', runId: run.id, takeOwnership }
  const acted = await withRegionLock(work, c, (locked, under) =>
    actLocked({ site: locked, seen, done }, run, under),
  )
  if (!input.bake || isUnchanged(seen.summary)) return acted
  try {
    return { ...acted, gate: await bake(site, input.bake, c) }
  } catch (error) {
    await run.step('unwell', { reason: toFailure(error).message }, site.region)
    throw error
  }
}

async function actLocked(
  { site, seen, done }: { site: Site; seen: EngineResult; done: string },
  run: Run,
  c: DeployCollaborators,
): Promise<Acted> {
  const began = c.clock.monotonicMs()
  const { region, cluster, plan } = site
  const rollout = new Rollout({ region, cluster, pools: workloadsOf(plan) }, c).start()
  try {
    const isOver = isUnchanged(seen.summary) && site.leaves === undefined
    const isDone = isOver && !(await site.engine.isUnsettled(site.target))
    const result = isDone ? seen : await apply(site, { seen, run }, c)
    const pools = await span(
      { step: 'ready', what: `waiting for the pools of ${region}`, region },
      () => rollout.ready(),
      c,
    )
    await run.step(
      done,
      { pools: pools.map(({ name, ready, desired }) => ({ name, ready, desired })) },
      region,
    )
    const draining = await drainingServers(site, c)
    const customResources = await observeCustomResources(plan, cluster)
    const durationMs = Math.round(c.clock.monotonicMs() - began)
    return { result, pools, customResources, draining, durationMs }
  } finally {
    await rollout.close()
  }
}

async function apply(
  site: Site,
  { seen, run }: { seen: EngineResult; run: Run },
  c: DeployCollaborators,
): Promise<EngineResult> {
  const { region, target, record } = site
  const { stack, provider } = target
  const fencingNumber = target.hold?.fencingNumber
  const { clusterUid } = record
  await run.step('apply', { stack, provider, clusterUid, fencingNumber, summary: seen.summary }, region)
  return span({ step: 'apply', what: `changing ${region}`, region }, () => applySettled(site, seen, c), c)
}

/** Also what an earlier run made, that was cut before it could record it, and that nothing wants any more. */
async function applySettled(
  { engine, target, record, cluster }: Site,
  seen: EngineResult,
  c: DeployCollaborators,
): Promise<EngineResult> {
  const result = await engine.up(target, record, seen)
  await sweep(await engine.unrecorded(target), cluster, c)
  await engine.settle(target)
  return result
}

/** They keep their node until their last session has ended, after the deploy has returned. */
async function drainingServers({ region, cluster, plan }: Site, c: DeployCollaborators): Promise<number> {
  const pool = plan.pools.find(({ name }) => name === mediaPool)
  const pods = pool ? await mediaPods(cluster, pool) : []
  const draining = pods.filter((pod) => pod.draining && pod.sessions > 0)
  const sessions = draining.reduce((sum, pod) => sum + pod.sessions, 0)
  if (draining.length > 0) c.host.notify('deploy.draining', { pods: draining.length, sessions }, region)
  return draining.length
}
