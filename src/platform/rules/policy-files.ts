import type { WorkName } from '../work.ts'
import type { Scratch } from './scratch-space.ts'

/** Services whose calls are looked after in their own process. The session router is Envoy and has its own guard. */
export const callers = ['conductor', 'evaluation', 'batch'] as const satisfies readonly WorkName[]

/** Names of the ConfigMaps that several workloads of a namespace read. */
export const mediaProfilesName = 'media-profiles'
export const speechProvidersName = 'speech-providers'
export const requestPrioritiesName = 'request-priorities'

/** Name of the ConfigMap with a service's `resilience.json`. */
export function resilienceName(service: WorkName): string {
  return `${service}-resilience`
}

interface PolicyFile {
  /** Folder under `/etc/iv`. */
  folder: string
  configMap: string
}

/** The policy documents that a service reads, under `/etc/iv`. The kubelet brings a change to a running pod. */
export function policyFiles(name: WorkName): Scratch {
  const files = filesOf(name)
  return {
    volumes: files.map(({ folder, configMap }) => ({ name: folder, configMap: { name: configMap } })),
    volumeMounts: files.map(({ folder }) => ({
      name: folder,
      mountPath: `/etc/iv/${folder}`,
      readOnly: true,
    })),
  }
}

function filesOf(name: WorkName): PolicyFile[] {
  const isCaller = (callers as readonly WorkName[]).includes(name)
  return [
    ...(isCaller ? [{ folder: 'resilience', configMap: resilienceName(name) }] : []),
    ...(isCaller ? [{ folder: 'priorities', configMap: requestPrioritiesName }] : []),
    ...(name === 'conductor' ? [{ folder: 'speech', configMap: speechProvidersName }] : []),
    ...(name === 'conductor' || name === 'api' ? [{ folder: 'media', configMap: mediaProfilesName }] : []),
  ]
}
