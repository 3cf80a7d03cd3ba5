import type { WorkName } from '../work.ts'
import type { Scratch } from './scratch-space.ts'

/** Services whose calls are looked after in their own process. The session router is Envoy and has its own guard. */
export const callers = ['conductor', 'evaluation', 'batch'] as const satisfies readonly WorkName[]

/** Name of the ConfigMap with a service's `resilience.json`. */
export function resilienceName(service: WorkName): string {
  return `${service}-resilience`
}

/** The policy documents that a service reads, under `/etc/iv`. The kubelet brings a change to a running pod. */
export function policyFiles(name: WorkName): Scratch {
  if (!(callers as readonly WorkName[]).includes(name)) return { volumes: [], volumeMounts: [] }
  return {
    volumes: [{ name: 'resilience', configMap: { name: resilienceName(name) } }],
    volumeMounts: [{ name: 'resilience', mountPath: '/etc/iv/resilience', readOnly: true }],
  }
}
