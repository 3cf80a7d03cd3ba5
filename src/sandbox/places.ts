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
