import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import { sectionOf, type WorkName, workOf } from './work.ts'

/**
 * The image of a pool or workload. The sandbox has one for each; every other environment names its own, and loading it has
 * already listed all that are missing.
 *
 * @throws {Failure} USAGE where there is none.
 */
export function imageOf(platform: Platform, name: WorkName): string {
  const { image } = workOf(platform.specification, name)
  if (image !== undefined) return image
  throw new Failure('USAGE', `${sectionOf(name)}.image is missing in environment "${platform.environment}"`, {
    next: `set ${sectionOf(name)}.image for this environment`,
  })
}
