import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { poll } from '../poll.ts'
import { isAlive, type ProcessIdentity, thisProcess } from '../process/identity.ts'

const pollMs = 200
const heartbeatMs = 5000

/**
 * Runs `work` while no other process installs the same thing; waits for one that does, with progress. The lock
 * of a process that died is taken over. Two processes that take over in the same instant can both come through
 * in theory: results are renamed into place whole, so that costs time and nothing else.
 */
export async function withInstallLock<T>(
  lock: { file: string; what: string },
  work: () => Promise<T>,
  c: Pick<Collaborators, 'clock' | 'host' | 'signal' | 'random'>,
): Promise<T> {
  await mkdir(dirname(lock.file), { recursive: true })
  const startMs = c.clock.monotonicMs()
  let saidMs = Number.NEGATIVE_INFINITY
  const attempt = async (): Promise<true | undefined> => {
    const holder = await takeOrHolder(lock.file, c)
    if (holder === 'taken') return true
    const elapsedMs = c.clock.monotonicMs() - startMs
    if (holder && elapsedMs - saidMs >= heartbeatMs) {
      c.host.notify('toolchain.waiting', { what: lock.what, holderPid: holder.pid, elapsedMs })
      saidMs = elapsedMs
    }
    return undefined
  }
  await poll(attempt, { clock: c.clock, signal: c.signal, everyMs: pollMs })
  try {
    return await work()
  } finally {
    await rm(lock.file, { force: true })
  }
}

/** @returns the living process that has the lock; undefined when it was given back this instant. */
async function takeOrHolder(
  file: string,
  c: Pick<Collaborators, 'random'>,
): Promise<'taken' | ProcessIdentity | undefined> {
  for (;;) {
    if (await take(file, c)) return 'taken'
    const holder = await readHolder(file)
    if (!holder || isAlive(holder)) return holder
    await discard(file, holder, c)
  }
}

/** A hard link either appears with its whole content or not at all, and never over an existing name. */
async function take(file: string, c: Pick<Collaborators, 'random'>): Promise<boolean> {
  const own = uniqueName(file, c)
  await writeFile(own, JSON.stringify(thisProcess()))
  try {
    await link(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as Partial<ProcessIdentity>
    return typeof holder.pid === 'number' ? { ...holder, pid: holder.pid } : { pid: 0 }
  } catch (error) {
    // Gone: released this instant. Not JSON: no `iv` wrote it, and the link above never leaves half a file.
    return error instanceof SyntaxError ? { pid: -1 } : undefined
  }
}

/** Moves a dead holder's lock away, and puts it back if it turns out to be somebody else's by now. */
async function discard(file: string, dead: ProcessIdentity, c: Pick<Collaborators, 'random'>): Promise<void> {
  const aside = uniqueName(file, c)
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const moved = await readHolder(aside)
  if (moved && moved.pid !== dead.pid && isAlive(moved)) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

function uniqueName(file: string, c: Pick<Collaborators, 'random'>): string {
  return `${file}.${process.pid}.${Buffer.from(c.random.bytes(4)).toString('hex')}`
}
