import type { Platform } from '../spec/platform.ts'
import type { Change } from './change.ts'
import { objectMeanings } from './object-meanings.ts'
import { poolMeanings } from './pool-meanings.ts'
import { specificationMeanings } from './specification-meanings.ts'
import { costMeaning } from './cost-meaning.ts'
import type { PriceBook } from '../capacity/price-book.ts'

/** What a difference means, in the words of those who run the platform. */
export interface Meaning {
  /** `sfu maximum`, `interview-media/sfu restarts`. */
  what: string
  from: string | null
  to: string | null
  /** What comes of it, with numbers; null where nothing was worked out. */
  effect: string | null
}

export interface MeaningInput {
  changes: readonly Change[]
  /** Undefined on a side where only objects are known: a cluster, a rendered tree. */
  before: Platform | undefined
  after: Platform
  prices: PriceBook
}

/** The most telling first: regions and pools, then what happens to objects, then whatever else was changed. */
export function meaningsOf({ changes, before, after, prices }: MeaningInput): Meaning[] {
  const objects = objectMeanings(changes)
  if (!before) return objects
  const sides = { before, after }
  return [
    ...poolMeanings(sides, prices),
    ...objects,
    ...specificationMeanings(sides),
    ...costMeaning(sides, prices),
  ]
}

/** The two specifications that are compared. */
export interface Sides {
  before: Platform
  after: Platform
}
