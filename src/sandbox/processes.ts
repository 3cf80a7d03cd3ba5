import { readdir, readFile } from 'node:fs/promises'

/**
 * A process, told apart from a later one with the same number: `startTime` holds the boot it belongs to and the
 * clock ticks at which it started, from `/proc`.
 */
export interface ProcessIdentity {
  pid: number
  startTime: string
}

export interface Memory {
  /** Resident set, shared pages counted in full. */
  rssBytes: number
  /** Proportional set: shared pages divided among those who share them. Sums of this are honest. */
  pssBytes: number
}

/** Environment variable that every process of a sandbox carries: folder of the sandbox, `|`, component. */
export const markerVariable = 'IV_SANDBOX_COMPONENT'

/** @returns undefined when no such process lives; one that is dead but not yet collected does not live. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const text = await readProc(`${pid}/stat`)
  if (text === undefined) return undefined
  // The program's name stands in parentheses and may itself hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, ticks] = [fields[0], fields[19]]
  if (state === undefined || ticks === undefined || 'ZXx'.includes(state)) return undefined
  const boot = (await readProc('sys/kernel/random/boot_id'))?.trim() ?? ''
  return { pid, startTime: `${boot}/${ticks}` }
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.startTime === identity.startTime
}

/** @returns undefined when the process has ended meanwhile. */
export async function memoryOf(pid: number): Promise<Memory | undefined> {
  const text = await readProc(`${pid}/smaps_rollup`)
  const kilobytes = (key: string): number | undefined => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text ?? '')
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
export async function findSandboxProcesses(folder: string): Promise<ProcessIdentity[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const needle = `${markerVariable}=${folder}|`
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readProc(`${pid}/environ`)
      const ours = environment?.split('\0').some((entry) => entry.startsWith(needle))
      return ours ? identify(pid) : undefined
    }),
  )
  return found.filter((identity) => identity !== undefined)
}

/** A process may end, or belong to somebody else: both mean that there is nothing to read. */
async function readProc(path: string): Promise<string | undefined> {
  return readFile(`/proc/${path}`, 'utf8').catch(() => undefined)
}
