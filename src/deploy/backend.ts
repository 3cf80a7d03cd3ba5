import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultStateFolder } from '../engine/places.ts'
import { Failure } from '../failure.ts'
import type { Paths } from '../paths.ts'
import type { Platform } from '../spec/platform.ts'

export interface Backend {
  url: string
  /** True for the project's own state below `.iv`, whose passphrase `iv` keeps. */
  own: boolean
}

const file = 'file://'

/**
 * Where the deployment state is kept. A relative file backend is beside the project, not below whatever folder the
 * engine happens to run in.
 * @throws Failure `USAGE` where the environment names none.
 */
export function backendOf(platform: Platform, paths: Paths): Backend {
  const { backend } = platform.specification.state
  if (backend === undefined) {
    throw new Failure('USAGE', `environment ${platform.environment} names no state backend`, {
      next: 'set state.backend in iv.yaml, such as s3://bucket/path',
    })
  }
  if (!backend.startsWith(file)) return { url: backend, own: false }
  // `file://~` is the home folder to the engine, which resolves it itself.
  if (backend.startsWith(`${file}~`)) return { url: backend, own: false }
  const folder = resolve(paths.project, decodeURI(backend.slice(file.length)))
  return { url: pathToFileURL(folder).href, own: folder === defaultStateFolder(paths) }
}
