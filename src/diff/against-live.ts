import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { type AccessFlags, clusterAccess } from '../deploy/access.ts'
import { inLanes } from '../deploy/lanes.ts'
import { verdictOf } from '../deploy/verdict.ts'
import { Failure } from '../failure.ts'
import { regionIdentity } from '../platform/identity.ts'
import { distinctBy } from './distinct.ts'
import type { Compared, Current } from './diff.ts'
import { diffLive, type LiveDiff } from './live.ts'
import { plannedObjects } from './sides.ts'

export interface DiffCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/** As many as are read side by side elsewhere: cores are the limit. */
const readersAtOnce = 3

/** Every region against its own cluster. A region that cannot be read does not keep the others from being compared. */
export async function againstLive(
  { platform, regions }: Current,
  flags: AccessFlags,
  c: DiffCollaborators,
): Promise<Compared> {
  const accesses = clusterAccess(platform, regions, { flags, paths: c.paths })
  const everywhere = Object.keys(platform.specification.regions)
  const planned = new Map(everywhere.map((region) => [region, plannedObjects(platform, region)]))
  const kinds = distinctBy([...planned.values()].flat(), ({ apiVersion, kind }) => `${apiVersion} ${kind}`)
  const lanes = { regions, parallel: readersAtOnce, halt: false, signal: c.signal }
  const settled = await inLanes(lanes, async (region): Promise<LiveDiff> => {
    const access = accesses.get(region)
    if (!access) throw new Failure('NOT_FOUND', `no way to reach region ${region} is known`, { region })
    const cluster = await c.connect(access)
    try {
      const { project, stack, platform: name } = regionIdentity(platform, region)
      const owner = `${project}/${stack}`
      return await diffLive({
        region,
        cluster,
        planned: planned.get(region) ?? [],
        owner,
        platform: name,
        kinds,
      })
    } finally {
      cluster.close()
    }
  })
  const done = settled.flatMap((end) => (end.status === 'done' ? [end.value] : []))
  const verdict = verdictOf(
    settled.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'compared', signal: c.signal },
  )
  if (done.length === 0 && verdict.error) throw verdict.error
  return {
    from: 'the cluster',
    changes: done.flatMap(({ changes }) => changes),
    same: done.reduce((sum, { same }) => sum + same, 0),
    error: verdict.error,
  }
}
