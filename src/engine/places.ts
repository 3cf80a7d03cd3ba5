import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import type { StackName } from './engine.ts'

/** The default backend: files beside the project, `<project>/.iv/state`. */
export function defaultStateFolder(paths: Paths): string {
  return join(paths.data, 'state')
}

/** Generated passphrase (0600) that encrypts secrets in the state of the default backend. */
export function stateKeyFile(paths: Paths): string {
  return join(paths.data, 'state-key')
}

/** Working folder of one stack's engine processes; holds nothing that is worth keeping. */
export function engineFolder(paths: Paths, name: StackName): string {
  return join(paths.data, 'engine', `${name.project}.${name.stack}`)
}

/** Home of the engine: its plugins and logs. Not the user's own, whose login and current stack must not leak in. */
export function engineHome(paths: Paths): string {
  return join(paths.cache, 'pulumi')
}

/** Folder of a backend `file:///…`; undefined for every other. */
export function fileBackendFolder(backend: string): string | undefined {
  if (!backend.startsWith('file:///')) return undefined
  const url = new URL(backend)
  url.search = ''
  return fileURLToPath(url)
}
