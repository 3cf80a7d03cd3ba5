import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `../shared/crds` beside the repository, where that is there: the projects of tests lie elsewhere. On other machines
 * than a developer's there is none; definitions then come from modules and stubs.
 */
export function definitionFolder(): string | undefined {
  const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'crds')
  return process.env['IV_CRDS'] ?? (existsSync(folder) ? folder : undefined)
}
