import type { Specification } from '../../spec/schema/specification.ts'
import type { Scratch } from './scratch-space.ts'

export const routerConfigName = 'session-router-envoy'
export const routerConfigKey = 'envoy.json'

/** Where the router shows Envoy's numbers to Prometheus. */
export const routerStats = { port: 9901, path: '/stats/prometheus' } as const

const folder = '/etc/envoy'

/** The session router is Envoy: where it finds what it starts from. */
export const routerFiles: Scratch = {
  volumes: [{ name: 'envoy', configMap: { name: routerConfigName } }],
  volumeMounts: [{ name: 'envoy', mountPath: folder, readOnly: true }],
}

/** Its arguments; without shared memory for hot restarts, which a read-only root has no place for. */
export function routerArguments(failover: Specification['affinity']['failover']): string[] {
  return [
    '--config-path',
    `${folder}/${routerConfigKey}`,
    '--drain-time-s',
    String(failover.drainTimeout.secondsCeil),
    '--drain-strategy',
    'immediate',
    '--disable-hot-restart',
  ]
}
