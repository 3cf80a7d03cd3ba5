import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { defaultStateFolder } from '../engine/places.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { stopSandbox } from './down.ts'
import { fileFailure } from './files.ts'
import { withSandboxLock } from './lock.ts'
import { sandboxFolder } from './places.ts'
import { findSandboxProcesses } from './processes.ts'
import { type LocalData, observeSandbox } from './status.ts'
import { stopProcesses } from './stop.ts'

/** Stacks of the sandbox are named `local.<region>`; their files in the state folder begin with that. */
const stackPrefix = 'local.'

/**
 * Stops the sandbox and removes it with all its data, and the state of the stacks that lived in it: their objects
 * are gone. Stacks of other environments are not touched. Asks first.
 * @throws Failure `CANCELLED` when declined.
 */
export async function localReset(_input: Record<never, never>, c: Collaborators): Promise<Report<LocalData>> {
  const agreed = await c.host.ask({
    id: 'local.reset',
    text: `Remove the sandbox in ${sandboxFolder(c.paths)} with everything deployed to it?`,
    danger: 'change',
  })
  if (!agreed) throw new Failure('CANCELLED', 'declined: the sandbox stays as it is')
  await withSandboxLock('iv local reset', c, async () => {
    await stopEvenIfUnreadable(c)
    await removeStacks(join(defaultStateFolder(c.paths), '.pulumi'))
    await remove(sandboxFolder(c.paths))
  })
  return { kind: 'LocalStatus', data: await observeSandbox(c), environment: 'local' }
}

/** A damaged record is a reason to reset, not a reason to refuse: the processes are found without it. */
async function stopEvenIfUnreadable(c: Collaborators): Promise<void> {
  await stopSandbox({}, c).catch(async () => {
    await stopProcesses(await findSandboxProcesses(sandboxFolder(c.paths)), c)
  })
}

/** Checkpoints, their backups, histories and locks: whatever bears the name of a stack of this environment. */
async function removeStacks(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith(stackPrefix)) await remove(path)
    else if (entry.isDirectory()) await removeStacks(path)
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
    throw fileFailure(error, path)
  })
}
