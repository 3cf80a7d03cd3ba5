export const surviveModes = ['none', 'node', 'zone', 'region'] as const
/** The largest loss after which demand is still served. */
export type Survive = (typeof surviveModes)[number]

/** Instances of which `needed` are left when the node with most of them is gone. */
export function afterNodeLoss(needed: number, perNode: number): number {
  return needed + Math.max(1, perNode)
}

/**
 * Instances, spread evenly over the zones, of which `needed` are left when the fullest zone is gone.
 * @param zones at least two.
 */
export function afterZoneLoss(needed: number, zones: number): number {
  let instances = Math.ceil((needed * zones) / (zones - 1))
  while (instances - Math.ceil(instances / zones) < needed) instances += 1
  return instances
}

export interface Share {
  region: string
  /** Share of interviews relative to the others. */
  weight: number
}

/** Interviews of each region, or of those that are `shown` only, whole, by weight. */
export function spread(
  interviews: number,
  shares: readonly Share[],
  shown: readonly Share[] = shares,
): Map<string, number> {
  const total = totalWeight(shares)
  return new Map(shown.map(({ region, weight }) => [region, Math.ceil((interviews * weight) / total)]))
}

/**
 * The most that each region can come to carry when any one of the others is gone and its interviews are spread over
 * those that are left, by weight.
 */
export function spreadAfterLoss(
  interviews: number,
  shares: readonly Share[],
  shown: readonly Share[] = shares,
): Map<string, number> {
  const total = totalWeight(shares)
  const [first, second] = shares.toSorted((left, right) => right.weight - left.weight)
  return new Map(
    shown.map(({ region, weight }) => {
      const heaviest = (first?.region === region ? second : first)?.weight ?? 0
      return [region, Math.ceil((interviews * weight) / (total - heaviest))]
    }),
  )
}

function totalWeight(shares: readonly Share[]): number {
  return shares.reduce((sum, { weight }) => sum + weight, 0)
}
