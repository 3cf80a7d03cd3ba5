import type { Metadata, Selector, ServiceObject } from '../kubernetes.ts'
import type { WorkName } from '../work.ts'

/** Whether something calls it. Evaluation and batch take their work from a queue. */
export function isCalled(name: WorkName): boolean {
  return name !== 'evaluation' && name !== 'batch'
}

/** Whose instance is picked by the session router's hash ring: a balanced address would undo the choice. */
const picked: readonly string[] = ['sfu', 'conductor']

/** A stable address, or only a list of servers where the caller picks one itself. */
export function service(metadata: Metadata, selector: Selector, port: number): ServiceObject {
  const headless = picked.includes(metadata.name) ? ({ clusterIP: 'None' } as const) : {}
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
