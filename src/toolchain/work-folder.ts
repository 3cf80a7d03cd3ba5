import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import { isAlive } from '../process/identity.ts'
import { endProcessesIn } from './leftovers.ts'
import { workFolder } from './places.ts'

/**
 * Runs `work` in a folder of its own that is gone afterwards, whatever happens. What killed processes left
 * behind is swept first: their folders carry the pid.
 */
export async function inWorkFolder<T>(paths: Paths, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = workFolder(paths)
  await mkdir(parent, { recursive: true })
  await sweep(parent)
  const folder = await mkdtemp(join(parent, `${process.pid}-`))
  try {
    return await work(folder)
  } catch (error) {
    await endProcessesIn(folder)
    throw error
  } finally {
    // What was just ended may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function sweep(parent: string): Promise<void> {
  const dead = (await readdir(parent)).filter((name) => !isAlive({ pid: Number.parseInt(name, 10) || -1 }))
  for (const folder of dead.map((name) => join(parent, name))) {
    await endProcessesIn(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
