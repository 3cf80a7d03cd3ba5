import type { Probe } from '../pod.ts'

/** Restarts what has hung for a minute: far slower than readiness, because a restart ends live sessions. */
export function livenessProbe(path: string): Probe {
  return {
    httpGet: { path, port: 'http' },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 6,
    successThreshold: 1,
  }
}
