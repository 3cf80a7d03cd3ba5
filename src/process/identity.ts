import { readFileSync } from 'node:fs'

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** The boot that it belongs to and the clock ticks at which it started; absent where the system tells neither. */
  startTime?: string
}

/** @returns undefined when no such process lives. */
export function identify(pid: number): ProcessIdentity | undefined {
  return isAlive({ pid }) ? identityOf(pid) : undefined
}

export function thisProcess(): ProcessIdentity {
  return identityOf(process.pid)
}

/**
 * One that is dead and not yet collected by its parent does not live; one whose first thread is dead while others
 * are still ending does: until then it keeps its ports and files.
 */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  // To the system, zero and less mean whole groups of processes.
  if (pid <= 0 || !exists(pid)) return false
  const stat = statOf(pid)
  if (stat === undefined) return true
  const isDead = 'ZXx'.includes(stat.state) && stat.threads <= 1
  return !isDead && (startTime === undefined || startTime === startTimeOf(stat))
}

/** Name of the program that a process runs, 15 characters of it; undefined where the system does not tell it. */
export function programOf(pid: number): string | undefined {
  return statOf(pid)?.program
}

function identityOf(pid: number): ProcessIdentity {
  const stat = statOf(pid)
  return stat === undefined ? { pid } : { pid, startTime: startTimeOf(stat) }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

interface Stat {
  program: string
  /** `Z` and `X` are the dead. */
  state: string
  threads: number
  startTicks: string
}

/**
 * Fields 2, 3, 20 and 22 of `/proc/PID/stat`. The program's name stands in parentheses and may itself hold blanks and
 * parentheses.
 */
function statOf(pid: number): Stat | undefined {
  const text = readProc(`${pid}/stat`)
  if (text === undefined) return undefined
  const end = text.lastIndexOf(')')
  const [state = '', ...fields] = text.slice(end + 2).split(' ')
  const program = text.slice(text.indexOf('(') + 1, end)
  return { program, state, threads: Number(fields[16]), startTicks: fields[18] ?? '' }
}

function startTimeOf({ startTicks }: Stat): string {
  return `${readProc('sys/kernel/random/boot_id')?.trim() ?? ''}/${startTicks}`
}

/** A process may end, or belong to somebody else, and not every system has `/proc`: then there is nothing to read. */
function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined
  }
}
