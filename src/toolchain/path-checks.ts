import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { pathChecksFile } from './places.ts'
import type { ProbeResult } from './probe.ts'

/** A wrapper on PATH may start to run something else while its own file stays as it is: ask again after a day. */
const trustedMs = 24 * 3600 * 1000

/** Identity of a file as far as it can be told without reading it. */
export interface Stamp {
  mtimeMs: number
  size: number
}

interface Entry extends Stamp {
  askedAt: string
  result: ProbeResult
}

/** What programs on PATH answered, so that a warm start runs none of them. Losing the file only costs time. */
export interface PathChecks {
  get(path: string, stamp: Stamp): ProbeResult | undefined
  set(path: string, stamp: Stamp, result: ProbeResult): void
  save(): Promise<void>
}

export async function loadPathChecks(c: Collaborators): Promise<PathChecks> {
  const file = pathChecksFile(c.paths)
  const entries = await readEntries(file)
  let changed = false
  return {
    get(path, stamp) {
      const entry = entries[path]
      if (entry?.mtimeMs !== stamp.mtimeMs || entry.size !== stamp.size) return undefined
      const ageMs = c.clock.now().getTime() - Date.parse(entry.askedAt)
      return ageMs >= 0 && ageMs < trustedMs ? entry.result : undefined
    },
    set(path, stamp, result) {
      entries[path] = { ...stamp, result, askedAt: c.clock.now().toISOString() }
      changed = true
    },
    async save() {
      if (!changed) return
      // A cache that cannot be written is reported where something has to be installed into it.
      await write(file, entries).catch(() => undefined)
    },
  }
}

async function write(file: string, entries: Record<string, Entry>): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify(entries, undefined, 2)}\n`)
  await rename(temporary, file)
}

async function readEntries(file: string): Promise<Record<string, Entry>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, Entry>) : {}
  } catch {
    return {}
  }
}
