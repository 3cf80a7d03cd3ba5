import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'

/**
 * Every executable file of that name on PATH, in order. Relative entries are passed over: they are a trap. A
 * folder that PATH names twice, as where `/bin` is a link to `/usr/bin`, counts once.
 */
export async function candidates(name: string, c: Pick<Collaborators, 'environment'>): Promise<string[]> {
  const folders = (c.environment['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)))
  const once = folders.filter((_, index) => real[index] !== undefined && real.indexOf(real[index]) === index)
  const found = await Promise.all(once.map((folder) => executable(join(folder, name))))
  return found.filter((path) => path !== undefined)
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile() ? path : undefined
  } catch {
    return undefined
  }
}
