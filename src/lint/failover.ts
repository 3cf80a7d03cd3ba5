import type { Specification } from '../spec/schema/specification.ts'

/** A promise that a scenario makes about the loss of a region. */
export interface RegionLossPromise {
  scenario: string
  region: string
  limitMs: number
}

/** What the scenarios that lose a region promise about a metric. */
export function promisesOf({ scenarios }: Specification, metric: string): RegionLossPromise[] {
  return Object.entries(scenarios).flatMap(([scenario, { injections, criteria }]) => {
    const limits = criteria.flatMap((one) => (one.metric === metric && one.duration ? [one.duration.ms] : []))
    const lost = injections.flatMap(({ action, region }) =>
      action === 'failRegion' && region ? [region] : [],
    )
    return lost.flatMap((region) => limits.map((limitMs) => ({ scenario, region, limitMs })))
  })
}

/** The region that takes over from another one, and the link between them where there is one. */
export function takeover({ regions }: Specification, lost: string) {
  const target = regions[lost]?.failoverTo
  if (target === undefined) return undefined
  const replication = regions[target]?.replication
  return { target, link: replication?.from === lost ? replication : undefined }
}

/** The loss that a replication link may cost: its own objective, or else the strictest that anything promises. */
export function promisedLossMs(
  specification: Specification,
  link: { rpo?: { ms: number } | undefined },
): number {
  if (link.rpo) return link.rpo.ms
  const promised = promisesOf(specification, 'data-loss').map(({ limitMs }) => limitMs)
  return Math.min(specification.disasterRecovery.region.rpo.ms, ...promised)
}

/** Time until health checks mark a server as lost. */
export function healthCheckDetectionMs({ affinity, recovery }: Specification): number {
  return affinity.failover.healthCheckInterval.ms * recovery.failedHealthChecks
}
