import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Platform } from '../spec/platform.ts'
import type { RegionIdentity } from './region-plan.ts'

/**
 * Who a region is to Kubernetes and to Pulumi. The stack is recognised by project and name: a change here makes
 * `iv` lose sight of everything it deployed.
 *
 * @throws {Failure} NOT_FOUND for a region that the specification does not have.
 */
export function regionIdentity(platform: Platform, region: string): RegionIdentity {
  const { name, regions } = platform.specification
  const found = regions[region]
  if (!found) {
    const next = suggestion(region, Object.keys(regions))
    throw new Failure('NOT_FOUND', `there is no region "${region}"`, { next })
  }
  return {
    platform: name,
    environment: platform.environment,
    region,
    role: found.role,
    project: name,
    stack: `${platform.environment}.${region}`,
  }
}
