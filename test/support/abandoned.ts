import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, type ProcessIdentity, thisProcess } from '../../src/process/identity.ts'
import { localDown } from '../../src/sandbox/down.ts'
import { testCollaborators } from './collaborators.ts'

/** Prefix of every temporary project that gets a sandbox. */
export const sandboxProjectPrefix = 'iv-sandbox-'
const ownerFile = 'owner.json'

/** Notes which test process a sandbox project belongs to, so that a killed run is cleaned up by the next. */
export async function claim(folder: string): Promise<void> {
  await writeFile(join(folder, ownerFile), JSON.stringify(thisProcess()))
}

/** Stops and removes sandboxes whose test process died before it could do so. */
export async function removeAbandoned(parent = tmpdir()): Promise<string[]> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(sandboxProjectPrefix))
  const removed: string[] = []
  for (const folder of names.map((name) => join(parent, name))) {
    const text = await readFile(join(folder, ownerFile), 'utf8').catch(() => undefined)
    if (text === undefined || isAlive(JSON.parse(text) as ProcessIdentity)) continue
    await localDown({}, testCollaborators(folder))
    await rm(folder, { recursive: true, force: true })
    removed.push(folder)
  }
  return removed
}
