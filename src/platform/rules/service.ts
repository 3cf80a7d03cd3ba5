import type { PoolName } from '../../spec/schema/pool.ts'
import type { Metadata, Selector, ServiceObject } from '../kubernetes.ts'

/** Whether something calls the pool. Evaluation takes its work from a queue. */
export function isCalled(pool: PoolName): boolean {
  return pool !== 'evaluation'
}

/** A stable address; for the SFU only a list of servers, because the session router picks one by its hash ring. */
export function service(metadata: Metadata, selector: Selector, port: number): ServiceObject {
  const headless = metadata.name === 'sfu' ? ({ clusterIP: 'None' } as const) : {}
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      ...headless,
      selector: selector.matchLabels,
      ports: [{ name: 'http', protocol: 'TCP', port, targetPort: 'http' }],
    },
  }
}
