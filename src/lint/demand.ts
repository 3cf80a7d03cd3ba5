import type { Specification } from '../spec/schema/specification.ts'

export const horizons = ['current', 'y1', 'y2', 'y3'] as const
export type Horizon = (typeof horizons)[number]

/** Largest share of all sessions that one region has: in normal times, and after the heaviest other one is lost. */
export function largestShares({ regions }: Specification): { normal: number; oneLost: number; lost: number } {
  const weights = Object.values(regions)
    .map(({ weight }) => weight)
    .toSorted((left, right) => right - left)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const [first = 0, second = 0] = weights
  const rest = total - first
  return { normal: first / total, oneLost: rest === 0 ? 1 : second / rest, lost: first / total }
}

/** SFU servers of the busiest region at a horizon, by the scaling rule. */
export function serversAt(
  specification: Specification,
  horizon: Horizon,
): { normal: number; oneLost: number } {
  const { growth, pools } = specification
  const shares = largestShares(specification)
  const servers = (share: number): number =>
    Math.ceil((growth[horizon].peakConcurrentInterviews * share) / pools.sfu.trigger.scaleOut)
  return { normal: servers(shares.normal), oneLost: servers(shares.oneLost) }
}

/** The most SFU servers that one ring ever has to hold. */
export function mostServers(specification: Specification): number {
  const demanded = horizons.map((horizon) => serversAt(specification, horizon).oneLost)
  return Math.max(specification.pools.sfu.instances.maximum, ...demanded)
}
