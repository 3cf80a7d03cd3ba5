import { join } from 'node:path'
import type { Paths } from '../paths.ts'

/** Everything the sandbox keeps, below `.iv/local`. */
export function sandboxFolder(paths: Paths): string {
  return join(paths.data, 'local')
}

/** One kubeconfig (0600) with a context per region. */
export function sandboxKubeconfig(paths: Paths): string {
  return join(sandboxFolder(paths), 'kubeconfig')
}

export function sandboxContext(region: string): string {
  return `iv-local-${region}`
}

/** What runs: ports, processes, time scale. */
export function sandboxRecordFile(paths: Paths): string {
  return join(sandboxFolder(paths), 'sandbox.json')
}

/** Name of the folder of what belongs to no region: the one etcd. Not a legal region name. */
export const sharedFolder = '_shared'

export function regionFolder(paths: Paths, region: string): string {
  return join(sandboxFolder(paths), 'regions', region)
}

export function componentLogFile(
  paths: Paths,
  component: { name: string; region?: string | undefined },
): string {
  return join(regionFolder(paths, component.region ?? sharedFolder), 'logs', `${component.name}.log`)
}
