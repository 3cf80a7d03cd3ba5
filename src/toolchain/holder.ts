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
  const now = identify(holder.pid).startTicks
  return holder.startTicks === undefined || now === undefined || holder.startTicks === now
}

/** The fields of `/proc/PID/stat` after the name, which is in parentheses and may hold spaces; field 22 is wanted. */
function identify(pid: number): Holder {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return startTicks === undefined ? { pid } : { pid, startTicks }
  } catch {
    return { pid }
  }
}
