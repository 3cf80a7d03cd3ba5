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

/**
 * Where the deployment state is kept.
 * @throws Failure `USAGE` where an environment other than `local` names none.
 */
export function backendOf(platform: Platform, paths: Paths): Backend {
  const { backend } = platform.specification.state
  if (backend !== undefined) return { url: backend, own: false }
  if (platform.environment === 'local')
    return { url: pathToFileURL(defaultStateFolder(paths)).href, own: true }
  throw new Failure('USAGE', `environment ${platform.environment} names no state backend`, {
    next: 'set state.backend in iv.yaml, such as s3://bucket/path',
  })
}
