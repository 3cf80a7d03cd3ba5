import { readdir, readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isAlive, programOf } from '../process/identity.ts'
import type { StackName } from './engine.ts'
import { lockFolder } from './state-file.ts'

export interface StackLock {
  pid: number
  host: string
  /** As the engine writes it, RFC 3339. */
  since: string
}

/** Locks on a stack of a file backend. Unreadable ones count as held by somebody unknown. */
export async function readLocks(folder: string, name: StackName): Promise<StackLock[]> {
  const place = lockFolder(folder, name)
  const files = await readdir(place).catch(() => [])
  const locks = files.filter((file) => file.endsWith('.json')).map((file) => readLock(join(place, file)))
  return (await Promise.all(locks)).filter((lock) => lock !== undefined)
}

async function readLock(file: string): Promise<StackLock | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { pid, hostname: host, timestamp } = JSON.parse(text) as Record<string, unknown>
    return { pid: Number(pid), host: String(host), since: String(timestamp) }
  } catch {
    return { pid: 0, host: '', since: '' }
  }
}

/**
 * True only when nobody can be using the lock: it names this machine and a process that is gone, or whose number
 * has gone to another program. The engine's `cancel` also unlocks a living update, so this is asked before.
 */
export function isAbandoned(lock: StackLock): boolean {
  if (lock.host !== hostname() || !Number.isInteger(lock.pid) || lock.pid <= 0) return false
  if (!isAlive({ pid: lock.pid })) return true
  const program = programOf(lock.pid)
  return program !== undefined && program !== 'pulumi'
}
