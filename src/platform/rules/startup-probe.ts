import type { Duration } from '../../units/duration.ts'
import type { Probe } from '../pod.ts'

const longestPeriod = 10

/** Twice the specified start-up time before the kubelet gives up, looked at ten times within the first of them. */
export function startupProbe(path: string, startup: Duration): Probe {
  const periodSeconds = Math.min(longestPeriod, Math.max(1, Math.floor(startup.seconds / 10)))
  return {
    httpGet: { path, port: 'http' },
    periodSeconds,
    timeoutSeconds: 2,
    failureThreshold: Math.max(3, Math.ceil((2 * startup.seconds) / periodSeconds)),
    successThreshold: 1,
  }
}
