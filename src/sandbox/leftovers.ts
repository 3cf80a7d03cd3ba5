import type { Collaborators } from '../collaborators.ts'
import type { ProcessIdentity } from '../process/identity.ts'
import { sandboxFolder } from './places.ts'
import { findSandboxProcesses } from './processes.ts'
import { allComponents, type SandboxRecord } from './record.ts'
import { stopProcesses } from './stop.ts'

/** Stops processes of this sandbox that no record knows: a command was killed between starting and noting one. */
export async function stopLeftovers(
  record: SandboxRecord | undefined,
  c: Pick<Collaborators, 'clock' | 'host' | 'paths'>,
): Promise<void> {
  const known = new Set(
    record
      ? allComponents(record).flatMap(({ component }) =>
          component.process ? [keyOf(component.process)] : [],
        )
      : [],
  )
  const found = await findSandboxProcesses(sandboxFolder(c.paths))
  const leftovers = found.filter((identity) => !known.has(keyOf(identity)))
  if (leftovers.length === 0) return
  c.host.notify('local.leftover', { pids: leftovers.map(({ pid }) => pid) })
  await stopProcesses(leftovers, c)
}

function keyOf(identity: ProcessIdentity): string {
  return `${identity.pid} ${identity.startTime}`
}
