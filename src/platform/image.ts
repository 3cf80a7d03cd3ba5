import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import type { PoolName } from '../spec/schema/pool.ts'

/**
 * The image of a pool. The sandbox has one for each; every other environment names its own, and loading it has
 * already listed all that are missing.
 *
 * @throws {Failure} USAGE where there is none.
 */
export function imageOf(platform: Platform, pool: PoolName): string {
  const { image } = platform.specification.pools[pool]
  if (image !== undefined) return image
  throw new Failure('USAGE', `pools.${pool}.image is missing in environment "${platform.environment}"`, {
    next: `set pools.${pool}.image for this environment`,
  })
}
