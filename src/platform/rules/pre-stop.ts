import type { Specification } from '../../spec/schema/specification.ts'
import type { Duration } from '../../units/duration.ts'
import type { Container } from '../pod.ts'
import type { WorkName } from '../work.ts'

/**
 * An instance that is called by others goes on serving until a load balancer has had all its failing checks
 * (5 s × 3) to notice that it is leaving; only then is it told to stop. It counts against the grace period, so it
 * never takes more than half of that. The session router is a load balancer itself: those behind it have its drain
 * time (30 s) to go elsewhere, and it has nothing else to do with its grace. Kubernetes 1.30 or newer.
 */
export function preStop(
  name: WorkName,
  failover: Specification['affinity']['failover'],
  grace: Duration,
): NonNullable<Container['lifecycle']> {
  if (name === 'session-router') {
    return {
      preStop: { sleep: { seconds: Math.min(failover.drainTimeout.secondsCeil, Math.floor(grace.seconds)) } },
    }
  }
  const notice = failover.healthCheckInterval.secondsCeil * failover.unhealthyAfterChecks
  return { preStop: { sleep: { seconds: Math.min(notice, Math.floor(grace.seconds / 2)) } } }
}
