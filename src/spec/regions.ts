import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Platform } from './platform.ts'
import type { RegionRole } from './schema/region.ts'

/** A region goes before the ones that fail over to it: when they change, their way out is already sound. */
const deployOrder: readonly RegionRole[] = ['dr', 'standby', 'active', 'edge', 'primary']

/**
 * The named regions in the order in which they are deployed, standby before primary; `all` means every one.
 * @throws Failure NOT_FOUND for a name that the platform does not have, USAGE for an empty list.
 */
export function selectRegions(platform: Platform, names: readonly string[]): string[] {
  const { regions } = platform.specification
  const known = Object.keys(regions)
  if (names.length === 0) {
    throw new Failure('USAGE', 'no region named', {
      next: `add --region all, or one of: ${known.join(', ')}`,
    })
  }
  const unknown = names.find((name) => name !== 'all' && !Object.hasOwn(regions, name))
  if (unknown !== undefined) {
    throw new Failure('NOT_FOUND', `region ${JSON.stringify(unknown)} is not in the specification`, {
      next: suggestion(unknown, known),
      region: unknown,
    })
  }
  const wanted = names.includes('all') ? known : known.filter((name) => names.includes(name))
  const rank = (name: string): number => {
    const role = regions[name]?.role
    return role === undefined ? deployOrder.length : deployOrder.indexOf(role)
  }
  return wanted.toSorted((left, right) => rank(left) - rank(right))
}
