import type { EngineResult } from '../engine/engine.ts'
import { isPool } from '../platform/work.ts'
import type { DeployPool, DeployRegion } from '../report/deploy.ts'
import { isUnchanged, noChanges } from '../report/region-changes.ts'
import { regionError } from '../report/region-error.ts'
import type { Acted } from './act.ts'
import type { Settled } from './lanes.ts'
import type { Site } from './site.ts'

/** How one region is told in the result of a deploy: from its end and from what had been seen of it before. */
export function deployRegion(
  end: Settled<Acted>,
  before: Settled<{ site: Site; seen: EngineResult }> | undefined,
): DeployRegion {
  const site = before?.status === 'done' ? before.value.site : undefined
  const known = {
    region: end.region,
    provider: site?.target.provider ?? null,
    context: site?.cluster.context ?? null,
    server: site?.cluster.server ?? null,
  }
  if (end.status !== 'done') {
    const error = end.status === 'failed' ? regionError(end.failure) : null
    const nothing = {
      summary: noChanges,
      pools: [],
      workloads: [],
      customResources: null,
      draining: 0,
      durationMs: 0,
      outputs: {},
    }
    return { ...known, status: end.status, ...nothing, error }
  }
  const { result, pools, customResources, draining, durationMs } = end.value
  const lookedMs = before?.status === 'done' ? before.value.seen.durationMs : 0
  return {
    ...known,
    status: isUnchanged(result.summary) ? 'unchanged' : 'deployed',
    summary: result.summary,
    pools: pools.filter(({ name }) => isPool(name)).map(counts),
    workloads: pools.filter(({ name }) => !isPool(name)).map(counts),
    draining,
    customResources,
    durationMs: durationMs + lookedMs,
    outputs: result.outputs,
    error: null,
  }
}

function counts({ name, ready, desired }: DeployPool): DeployPool {
  return { name, ready, desired }
}
