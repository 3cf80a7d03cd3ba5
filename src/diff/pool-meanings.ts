import { hoursPerMonth } from '../capacity/cost.ts'
import type { PriceBook } from '../capacity/price-book.ts'
import { instancesPerNode } from '../platform/capacity.ts'
import { poolsOfRole } from '../platform/tiers.ts'
import { short, signed } from '../report/capacity-words.ts'
import type { Platform } from '../spec/platform.ts'
import { type PoolName, poolNames } from '../spec/schema/pool.ts'
import type { Meaning, Sides } from './meaning.ts'

const bounds = ['minimum', 'maximum'] as const

/** Changed bounds of pools, with the nodes and the money that they come to. */
export function poolMeanings(sides: Sides, prices: PriceBook): Meaning[] {
  return poolNames.flatMap((pool) =>
    bounds.flatMap((bound) => {
      const [from, to] = [sides.before, sides.after].map(
        ({ specification }) => specification.pools[pool].instances[bound],
      )
      if (from === to) return []
      const effect = nodeEffect(sides, { pool, bound, prices })
      return [{ what: `${pool} ${bound}`, from: String(from), to: String(to), effect }]
    }),
  )
}

interface Question {
  pool: PoolName
  bound: (typeof bounds)[number]
  prices: PriceBook
}

/** Nodes at that bound times the price of one, on demand, for a month: the maximum is what it may come to. */
function nodeEffect({ before, after }: Sides, { pool, bound, prices }: Question): string {
  const shape = after.specification.pools[pool].nodeShape
  const regions = regionsWith(after, pool)
  const each = nodesAt(after, pool, bound) - nodesAt(before, pool, bound)
  const all = each * regions
  if (all === 0) return `same number of ${shape} nodes`
  const { low, high } = prices.nodes[shape]
  const [least, most] = [low, high].map((price) => Math.abs(all) * price * hoursPerMonth)
  const sign = all < 0 ? '-' : '+'
  const cost = `${sign}${short(least ?? 0)} to ${sign}${short(most ?? 0)} ${prices.currency} a month`
  const where = regions === 1 ? '' : ` in ${regions} regions (${signed(each)} each)`
  const whenever = bound === 'maximum' ? ', when all of them run' : ''
  return `${signed(all)} ${shape} nodes${where}, ${cost}${whenever}`
}

/** Nodes that hold so many instances, if no other pool helps to fill them. */
function nodesAt({ specification }: Platform, name: PoolName, bound: 'minimum' | 'maximum'): number {
  const pool = specification.pools[name]
  return Math.ceil(
    pool.instances[bound] / instancesPerNode([{ name, pool }], specification.nodeShapes[pool.nodeShape]),
  )
}

function regionsWith({ specification }: Platform, pool: PoolName): number {
  return Object.values(specification.regions).filter(({ role }) => poolsOfRole(role).includes(pool)).length
}
