import type { Specification } from '../../spec/schema/specification.ts'
import type { Probe } from '../pod.ts'

/** Ready by the load balancer's own numbers (every 5 s, out after 3, in after 2), so that both agree on who serves. */
export function readinessProbe(path: string, failover: Specification['affinity']['failover']): Probe {
  return {
    httpGet: { path, port: 'http' },
    periodSeconds: failover.healthCheckInterval.secondsCeil,
    timeoutSeconds: 2,
    failureThreshold: failover.unhealthyAfterChecks,
    successThreshold: failover.healthyAfterChecks,
  }
}
