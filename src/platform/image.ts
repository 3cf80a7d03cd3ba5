import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import type { PoolName } from '../spec/schema/pool.ts'

/**
 * The image of a pool. Only the sandbox may do without one: nothing is pulled there, and the name says so.
 *
 * @throws {Failure} USAGE where an environment other than `local` names none.
 */
export function imageOf(platform: Platform, pool: PoolName): string {
  const { image } = platform.specification.pools[pool]
  if (image !== undefined) return image
  if (platform.environment === 'local') return `iv.invalid/${pool}:simulated`
  throw new Failure('USAGE', `pools.${pool}.image is missing in environment "${platform.environment}"`, {
    next: `set pools.${pool}.image for this environment`,
  })
}
