import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import { listObjects } from '../cluster/list.ts'
import type { Collaborators } from '../collaborators.ts'
import type { AccessFlags } from '../deploy/access.ts'
import { accessTo, openScope } from '../deploy/scope.ts'
import { verdictOf } from '../deploy/verdict.ts'
import { type Failure, toFailure } from '../failure.ts'
import { planRegion } from '../platform/plan.ts'
import { isPool } from '../platform/work.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import type { ScaleData, ScalePool, ScaleRegion } from '../report/scale.ts'
import type { Platform } from '../spec/platform.ts'
import type { Autoscaler, ScaledObject } from './autoscaler.ts'
import { decisionOf } from './decision.ts'

export interface ScaleGetInput extends AccessFlags {
  file?: string | undefined
  environment: string
  /** Empty means all. */
  regions: readonly string[]
}

export interface ScaleCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/**
 * What every autoscaler decides now, and why. Reads only: two lists per region.
 * Outcome `PARTIAL` when some regions cannot be reached, the strongest failure when none can.
 */
export async function scaleGet(input: ScaleGetInput, c: ScaleCollaborators): Promise<Report<ScaleData>> {
  const regions = input.regions.length === 0 ? ['all'] : input.regions
  const scope = await openScope({ ...input, regions, provider: 'auto', allowLocalState: true }, c)
  const { platform } = scope
  const seen = await Promise.all(
    scope.regions.map((region) => observe({ platform, region, access: accessTo(scope, region) }, c)),
  )
  const ends = seen.map(({ data, failure }) =>
    failure
      ? ({ region: data.region, status: 'failed', failure } as const)
      : ({ region: data.region, status: 'done' } as const),
  )
  const { outcome, error } = verdictOf(ends, { verb: 'reached', signal: c.signal })
  return {
    kind: 'ScaleResult',
    data: { regions: seen.map(({ data }) => data) },
    outcome,
    ...(error === undefined ? {} : { error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: platform.digest },
  }
}

interface RegionInput {
  platform: Platform
  region: string
  access: ClusterAccess
}

/** Never throws for a region that cannot be reached: that is what there is to show. */
async function observe(
  input: RegionInput,
  c: ScaleCollaborators,
): Promise<{ data: ScaleRegion; failure?: Failure }> {
  try {
    return { data: { region: input.region, pools: await poolsOf(input, c), error: null } }
  } catch (error) {
    const failure = toFailure(error)
    if (failure.code === 'INTERNAL') throw error
    return { data: { region: input.region, pools: [], error: regionError(failure) }, failure }
  }
}

async function poolsOf(
  { platform, region, access }: RegionInput,
  c: ScaleCollaborators,
): Promise<ScalePool[]> {
  const cluster = await c.connect(access)
  try {
    const [autoscalers, scaledObjects] = await Promise.all([
      listObjects<Autoscaler>(cluster, '/apis/autoscaling/v2/horizontalpodautoscalers'),
      // A cluster without KEDA has no such kind: then nothing of it acts there.
      listObjects<ScaledObject>(cluster, '/apis/keda.sh/v1alpha1/scaledobjects', { absentIsEmpty: true }),
    ])
    const scales = autoscalers.filter(({ spec }) => spec.scaleTargetRef.kind === 'Deployment')
    return planRegion(platform, region).pools.flatMap(({ name, namespace, workload }) => {
      if (!isPool(name)) return []
      const { trigger } = platform.specification.pools[name]
      const decision = decisionOf({
        trigger,
        autoscaler: scales.find(
          ({ metadata, spec }) => metadata.namespace === namespace && spec.scaleTargetRef.name === workload,
        ),
        scaledObject: scaledObjects.find(
          ({ metadata }) => metadata.namespace === namespace && metadata.name === workload,
        ),
      })
      const { metric, scope, scaleOut, scaleIn } = trigger
      return [{ pool: name, metric, scope, scaleOut, scaleIn, ...decision }]
    })
  } finally {
    cluster.close()
  }
}
