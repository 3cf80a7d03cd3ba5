import { readdir, readFile } from 'node:fs/promises'
import { identify, type ProcessIdentity } from './identity.ts'

/**
 * Every living process with such an entry (`NAME=value`) in the environment it was started with: what it carries
 * there, its children carry too, and no record of them is needed. None where there is no `/proc`.
 */
export async function findByEnvironment(matches: (entry: string) => boolean): Promise<ProcessIdentity[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      return environment.split('\0').some(matches) ? identify(pid) : undefined
    }),
  )
  return found.filter((identity) => identity !== undefined)
}
