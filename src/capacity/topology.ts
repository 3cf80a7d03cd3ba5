import { Failure } from '../failure.ts'
import { poolsOfRole } from '../platform/tiers.ts'
import type { PoolName } from '../spec/schema/pool.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { type Share, spread, spreadAfterLoss, type Survive } from './survive.ts'

/** A region that serves a pool, with the interviews it must be able to carry. */
export interface PoolPlace {
  region: string
  zones: number
  /** Regions that this row stands for: those that are alike in everything the model asks for. */
  copies: number
  /** With everything up. */
  normal: number
  /** With the loss that is to be survived; the same as `normal` unless that is a region. */
  worst: number
}

/**
 * Where a pool runs and what each region carries. Sessions are spread by weight; those of a region that only has
 * media servers are served by the other pools elsewhere.
 */
export function placesOf(
  { regions }: Specification,
  pool: PoolName,
  load: { interviews: number; survive: Survive; copies?: Copies | undefined },
): PoolPlace[] {
  const here = Object.entries(regions).filter(([, { role }]) => poolsOfRole(role).includes(pool))
  const { copies } = load
  const shares = here.map(([region, { weight }]): Share => ({ region, weight }))
  const shown = copies ? here.filter(([region]) => copies.has(region)) : here
  const asked = copies ? shares.filter(({ region }) => copies.has(region)) : shares
  const normal = spread(load.interviews, shares, asked)
  const worst = load.survive === 'region' ? spreadAfterLoss(load.interviews, shares, asked) : normal
  return shown.map(([region, { zones }]) => ({
    region,
    zones: zones.length,
    copies: copies?.get(region) ?? 1,
    normal: normal.get(region) ?? 0,
    worst: worst.get(region) ?? 0,
  }))
}

/** The first of each kind of region, and how many of the kind there are. */
export type Copies = ReadonlyMap<string, number>

/** Regions with the same role, weight and number of zones are planned alike, so one of them is enough for totals. */
export function kindsOf({ regions }: Specification): Copies {
  const kinds = Map.groupBy(
    Object.entries(regions),
    ([, { role, weight, zones }]) => `${role} ${weight} ${zones.length}`,
  )
  return new Map([...kinds.values()].map((alike) => [alike[0]?.[0] ?? '', alike.length]))
}

/** @throws {Failure} USAGE for a loss that leaves nothing, whatever is added. */
export function requireSurvivable({ regions }: Specification, survive: Survive): void {
  const serving = Object.entries(regions).filter(([, { role }]) => poolsOfRole(role).includes('llm'))
  if (serving.length === 0) {
    throw new Failure('USAGE', 'no region runs every pool', { next: 'give one the role primary or active' })
  }
  if (survive === 'region' && serving.length === 1) {
    throw new Failure('USAGE', `the loss of ${serving[0]?.[0]} cannot be survived: no other region serves`, {
      next: 'add a region with the role primary, standby or active, or choose --survive zone',
    })
  }
  const single = Object.entries(regions).find(
    ([, { role, zones }]) => poolsOfRole(role).length > 0 && zones.length === 1,
  )
  if (survive === 'zone' && single) {
    throw new Failure('USAGE', `the loss of a zone cannot be survived: ${single[0]} has only one`, {
      next: `give regions.${single[0]}.zones another, or choose --survive region`,
    })
  }
}
