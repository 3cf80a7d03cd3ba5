import type { Cluster, ClusterAccess } from '../../cluster/cluster.ts'
import type { Collaborators } from '../../collaborators.ts'
import { type AccessFlags, clusterAccess } from '../../deploy/access.ts'
import { Failure } from '../../failure.ts'
import { poolsOfRole } from '../../platform/tiers.ts'
import type { Report } from '../../report/report.ts'
import { readSnapshot } from '../../snapshot/read.ts'
import type { RegionSnapshot } from '../../snapshot/snapshot.ts'
import { takeRegions } from '../../snapshot/take-regions.ts'
import { loadPlatform, type LoadInput } from '../../spec/load.ts'
import type { Platform } from '../../spec/platform.ts'
import { selectRegions } from '../../spec/regions.ts'
import { dealt, runningIn, type Wanted, wantedOf } from './added.ts'
import { type FitPool, fitRegion } from './fit-region.ts'

export interface FitInput extends LoadInput, AccessFlags {
  /** `POOL=N` each. */
  add: readonly string[]
  lose: string | undefined
  /** Empty means all that serve. */
  regions: readonly string[]
  snapshot: string | undefined
}

export interface FitData {
  fits: boolean
  lost: string | null
  pools: readonly FitPool[]
}

export interface FitCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/**
 * Whether instances fit into the regions as they are: by placing them as the scheduler would, without ending a
 * running pod. Reads only. Outcome `POLICY` where something does not fit.
 */
export async function fit(input: FitInput, c: FitCollaborators): Promise<Report<FitData>> {
  const wanted = input.add.map(wantedOf)
  if (wanted.length === 0 && input.lose === undefined) {
    throw new Failure('USAGE', 'nothing to place', {
      next: 'say what is added, as in --add sfu=4, or --lose REGION',
    })
  }
  const platform = await loadPlatform({ allowLocalState: true, ...input }, c)
  const names = regionsOf(platform, input)
  const lost = input.lose === undefined ? [] : selectRegions(platform, [input.lose])
  const seen = await regionsSeen(platform, [...names, ...lost], { input, c })
  const moved = seen.regions.filter(({ region }) => lost.includes(region)).flatMap(runningIn)
  const pools = placedIn(
    platform,
    [...wanted, ...moved],
    seen.regions.filter(({ region }) => names.includes(region)),
  )
  const data = { fits: pools.every(({ shortBy }) => shortBy === 0), lost: input.lose ?? null, pools }
  const error = refusal(pools)
  return {
    kind: 'CapacityFit',
    environment: platform.environment,
    regions: names,
    inputs: {
      configDigest: platform.digest,
      ...(seen.digest === undefined ? {} : { snapshot: seen.digest }),
    },
    data,
    ...(error ? { outcome: 'POLICY' as const, error } : {}),
  }
}

function regionsOf(platform: Platform, { regions, lose }: FitInput): string[] {
  const { regions: all } = platform.specification
  const asked =
    regions.length > 0
      ? regions
      : Object.keys(all).filter((name) => poolsOfRole(all[name]?.role ?? 'dr').length > 0)
  const names = selectRegions(platform, asked).filter((name) => name !== lose)
  if (names.length > 0) return names
  throw new Failure('USAGE', `without ${lose} no region is left to place anything in`)
}

async function regionsSeen(
  platform: Platform,
  names: readonly string[],
  { input, c }: { input: FitInput; c: FitCollaborators },
): Promise<{ regions: readonly RegionSnapshot[]; digest?: string }> {
  if (input.snapshot === undefined) {
    const access = clusterAccess(platform, names, { flags: input, paths: c.paths })
    return { regions: await takeRegions(access, c) }
  }
  const { regions, digest } = await readSnapshot(input.snapshot)
  const missing = names.find((name) => !regions.some(({ region }) => region === name))
  if (missing === undefined) return { regions, digest }
  throw new Failure('NOT_FOUND', `${input.snapshot} has no region ${missing}`, {
    next: `it has ${regions.map(({ region }) => region).join(', ')}: choose with --region`,
  })
}

/** All of one pool together, whether added or moved; pools in the order of their demand for a whole node. */
function placedIn(
  platform: Platform,
  wanted: readonly Wanted[],
  regions: readonly RegionSnapshot[],
): FitPool[] {
  const byPool = Map.groupBy(wanted, ({ pool }) => pool)
  const names = regions.map(({ region }) => region)
  const parts = [...byPool].map(([pool, all]) => ({
    pool,
    shares: dealt(platform, { pool, count: all.reduce((sum, { count }) => sum + count, 0) }, names),
  }))
  return regions.flatMap((region) =>
    fitRegion(
      platform,
      region,
      parts
        .map(({ pool, shares }) => ({ pool, count: shares.get(region.region) ?? 0 }))
        .filter(({ count }) => count > 0),
    ),
  )
}

function refusal(pools: readonly FitPool[]): Failure | undefined {
  const short = pools.filter(({ shortBy }) => shortBy > 0)
  const [first] = short
  if (!first) return undefined
  const more = short.length === 1 ? '' : `, and ${short.length - 1} more do not fit`
  return new Failure(
    'POLICY',
    `${first.shortBy} of ${first.wanted} ${first.pool} do not fit: ${first.reason}${more}`,
    {
      region: first.region,
      next: 'add nodes of the shape, or a region; -o wide counts the nodes by reason',
      findings: short.map(({ region, pool, shortBy, reason }) => ({
        id: 'IV-FIT-001',
        severity: 'error',
        message: `${region}: ${pool} is short by ${shortBy}: ${reason}`,
        actual: String(shortBy),
      })),
    },
  )
}
