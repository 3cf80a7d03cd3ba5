import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { stateKeyFile } from './places.ts'

const keyBytes = 32

/**
 * The passphrase file of the default backend, made on first use. Without it the state's secrets cannot be read
 * again, so an existing file is never replaced.
 */
export async function ensureStateKey(c: Pick<Collaborators, 'paths' | 'random'>): Promise<string> {
  const file = stateKeyFile(c.paths)
  await mkdir(dirname(file), { recursive: true })
  try {
    // `wx`: of two processes that start together, one writes and the other takes what is there.
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(`${Buffer.from(c.random.bytes(keyBytes)).toString('base64url')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await written(file)
  }
  return file
}

/** The other process may have made the file and not yet filled it. */
async function written(file: string): Promise<void> {
  const attempts = 100
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ((await readFile(file, 'utf8')).length > keyBytes) return
  }
}
