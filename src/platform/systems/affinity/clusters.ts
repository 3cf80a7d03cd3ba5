import type { Specification } from '../../../spec/schema/specification.ts'
import type { Duration } from '../../../units/duration.ts'
import { healthPath } from '../../rules/health-path.ts'
import { type WorkName, workOf } from '../../work.ts'
import { minimumRingSize } from './ring.ts'

/** Servers that a session is kept on, found by the ring. */
export interface RingCluster {
  name: 'conductor' | 'sfu'
  host: string
}

/** As Envoy reads a duration in JSON. */
export function seconds(duration: Duration): string {
  return `${duration.seconds}s`
}

/**
 * One group of servers. Active checks alone decide who serves: beside them outlier ejection would be undone by the
 * first check that passes. A lost majority changes nothing (no panic): a session on a server that is known to be dead
 * is worse off than one that is told so.
 */
export function ringCluster(specification: Specification, { name, host }: RingCluster) {
  const work = workOf(specification, name)
  return {
    name,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_ONLY',
    dns_refresh_rate: seconds(specification.affinity.failover.healthCheckInterval),
    connect_timeout: '1s',
    lb_policy: 'RING_HASH',
    ring_hash_lb_config: { minimum_ring_size: minimumRingSize(specification, work.instances.maximum) },
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    /** A server that left the name takes no new session, even while it still answers checks. */
    ignore_health_on_host_removal: true,
    health_checks: [healthCheck(specification, name)],
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: [
            { endpoint: { address: { socket_address: { address: host, port_value: work.port } } } },
          ],
        },
      ],
    },
  }
}

/**
 * The document’s 5 s / 3 / 2. Envoy takes a host out on the first bad answer unless its status may be tried again:
 * LiveKit answers 406 when its statistics are stale, others 503.
 */
function healthCheck({ affinity: { failover } }: Specification, name: WorkName) {
  const interval = seconds(failover.healthCheckInterval)
  return {
    interval,
    /** Otherwise a group that saw no traffic yet is checked once a minute. */
    no_traffic_interval: interval,
    timeout: '2s',
    unhealthy_threshold: failover.unhealthyAfterChecks,
    healthy_threshold: failover.healthyAfterChecks,
    http_health_check: {
      path: healthPath(name),
      expected_statuses: [{ start: 200, end: 201 }],
      retriable_statuses: [{ start: 400, end: 600 }],
    },
  }
}
