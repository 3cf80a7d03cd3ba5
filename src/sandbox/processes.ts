import { readFile } from 'node:fs/promises'
import { findByEnvironment } from '../process/find.ts'
import type { ProcessIdentity } from '../process/identity.ts'

export interface Memory {
  /** Resident set, shared pages counted in full. */
  rssBytes: number
  /** Proportional set: shared pages divided among those who share them. Sums of this are honest. */
  pssBytes: number
}

/** Environment variable that every process of a sandbox carries: folder of the sandbox, `|`, component. */
export const markerVariable = 'IV_SANDBOX_COMPONENT'

/** @returns undefined when the process has ended meanwhile. */
export async function memoryOf(pid: number): Promise<Memory | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  const kilobytes = (key: string): number | undefined => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)
    return found ? Number(found[1]) : undefined
  }
  const rss = kilobytes('Rss')
  if (rss === undefined) return undefined
  return { rssBytes: rss * 1024, pssBytes: (kilobytes('Pss') ?? rss) * 1024 }
}

/**
 * Every living process that was started for the sandbox in `folder`, whether or not a record of it survived:
 * an interrupted start leaves none.
 */
export function findSandboxProcesses(folder: string): Promise<ProcessIdentity[]> {
  return findByEnvironment((entry) => entry.startsWith(`${markerVariable}=${folder}|`))
}
