import { Failure } from '../../failure.ts'
import { labels } from '../../names.ts'
import { suggestion } from '../../nearest.ts'
import { planRegion } from '../../platform/plan.ts'
import { poolsOfRole } from '../../platform/tiers.ts'
import { podOf } from '../../snapshot/pod-of.ts'
import type { RegionSnapshot, SnapshotPod } from '../../snapshot/snapshot.ts'
import type { Platform } from '../../spec/platform.ts'
import { poolNames, type PoolName } from '../../spec/schema/pool.ts'

export interface Wanted {
  pool: PoolName
  count: number
}

const largest = 10_000

/** `llm=4`. @throws {Failure} NOT_FOUND for a pool that there is not, USAGE for what is no number of instances. */
export function wantedOf(text: string): Wanted {
  const [name = '', amount = ''] = text.split('=', 2)
  const pool = poolNames.find((candidate) => candidate === name.trim())
  if (!pool) {
    throw new Failure('NOT_FOUND', `--add ${text}: there is no pool ${JSON.stringify(name)}`, {
      next: suggestion(name, [...poolNames]),
    })
  }
  const count = /^\d+$/.test(amount.trim()) ? Number(amount) : Number.NaN
  if (count >= 1 && count <= largest) return { pool, count }
  throw new Failure('USAGE', `--add ${text}: ${JSON.stringify(amount)} is not a number of instances`, {
    next: `write for example --add ${pool}=4`,
  })
}

/**
 * Deals instances out over the regions that run their pool, by weight: whole ones, the largest remainders first.
 * @throws {Failure} USAGE where none of the regions runs the pool.
 */
export function dealt(
  { specification }: Platform,
  { pool, count }: Wanted,
  names: readonly string[],
): Map<string, number> {
  const here = names.flatMap((name) => {
    const region = specification.regions[name]
    return region && poolsOfRole(region.role).includes(pool) ? [{ name, weight: region.weight }] : []
  })
  if (here.length === 0) {
    throw new Failure('USAGE', `no region of ${names.join(', ') || 'those left'} runs the pool ${pool}`)
  }
  const total = here.reduce((sum, { weight }) => sum + weight, 0)
  const exact = here.map(({ name, weight }) => ({ name, share: (count * weight) / total }))
  const whole = new Map(exact.map(({ name, share }) => [name, Math.floor(share)]))
  let left = count - [...whole.values()].reduce((sum, part) => sum + part, 0)
  for (const { name } of exact.toSorted((a, b) => (b.share % 1) - (a.share % 1))) {
    if (left <= 0) break
    whole.set(name, (whole.get(name) ?? 0) + 1)
    left -= 1
  }
  return whole
}

/** Pods as the pool's own: like one that runs, or as the specification makes them where none does. */
export function podsFor(platform: Platform, region: RegionSnapshot, { pool, count }: Wanted): SnapshotPod[] {
  const running = region.pods.find((pod) => pod.labels[labels.pool] === pool)
  const like = running ?? plannedPod(platform, region.region, pool)
  return Array.from({ length: count }, (_, index) => ({
    ...like,
    name: `${pool}-added-${index + 1}`,
    node: null,
    phase: 'Pending',
  }))
}

function plannedPod(platform: Platform, region: string, pool: PoolName): SnapshotPod {
  const workload = planRegion(platform, region).pools.find(({ name }) => name === pool)
  if (!workload) throw new Failure('USAGE', `region ${region} does not run the pool ${pool}`, { region })
  const { metadata, spec } = workload.deployment.spec.template
  const template = { metadata: { name: pool, namespace: workload.namespace, labels: metadata.labels }, spec }
  return podOf(template)
}

/** Instances of each pool that run in a region. */
export function runningIn({ pods }: RegionSnapshot): Wanted[] {
  return poolNames.flatMap((pool) => {
    const count = pods.filter((pod) => pod.labels[labels.pool] === pool).length
    return count > 0 ? [{ pool, count }] : []
  })
}
