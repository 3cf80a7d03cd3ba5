import { readFileSync } from 'node:fs'

/** A process, named so that a later one with the same pid is not taken for it. */
export interface Holder {
  pid: number
  /** Start time in clock ticks since boot; undefined where the system does not tell it. */
  startTicks?: string
}

export function thisProcess(): Holder {
  return identify(process.pid)
}

export function isAlive(holder: Holder): boolean {
  // To the system these mean whole groups of processes.
  if (holder.pid <= 0) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = statOf(holder.pid)
  if (now?.state === 'Z') return false
  return holder.startTicks === undefined || now === undefined || holder.startTicks === now.startTicks
}

function identify(pid: number): Holder {
  const startTicks = statOf(pid)?.startTicks
  return startTicks === undefined ? { pid } : { pid, startTicks }
}

/**
 * State (`Z` for one that is dead and not yet collected) and start time: fields 3 and 22 of `/proc/PID/stat`.
 * The second field is the name, in parentheses, and may hold spaces.
 */
function statOf(pid: number): { state: string | undefined; startTicks: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], startTicks: fields[19] }
  } catch {
    return undefined
  }
}
