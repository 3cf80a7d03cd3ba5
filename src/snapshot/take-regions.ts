import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { RegionSnapshot } from './snapshot.ts'
import { takeRegion } from './take.ts'

/** Several clusters at once. @throws {Failure} of the first that cannot be read. */
export async function takeRegions(
  access: ReadonlyMap<string, ClusterAccess>,
  c: { connect(access: ClusterAccess): Promise<Cluster> },
): Promise<RegionSnapshot[]> {
  return Promise.all(
    [...access].map(async ([region, how]) => {
      const cluster = await c.connect(how)
      try {
        return await takeRegion(cluster, region)
      } finally {
        cluster.close()
      }
    }),
  )
}
