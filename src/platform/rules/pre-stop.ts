import type { Specification } from '../../spec/schema/specification.ts'
import type { Duration } from '../../units/duration.ts'
import type { Container } from '../pod.ts'

/**
 * An instance that is called by others goes on serving until a load balancer has had all its failing checks
 * (5 s × 3) to notice that it is leaving; only then is it told to stop. It counts against the grace period, so it
 * never takes more than half of that. Kubernetes 1.30 or newer.
 */
export function preStop(
  failover: Specification['affinity']['failover'],
  grace: Duration,
): NonNullable<Container['lifecycle']> {
  const notice = failover.healthCheckInterval.secondsCeil * failover.unhealthyAfterChecks
  return { preStop: { sleep: { seconds: Math.min(notice, Math.floor(grace.seconds / 2)) } } }
}
