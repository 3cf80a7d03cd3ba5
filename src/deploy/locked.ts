import type { Cluster } from '../cluster/cluster.ts'
import { acquireLock } from '../lock/acquire.ts'
import type { Hold } from '../lock/hold.ts'
import type { DeployCollaborators } from './ports.ts'
import type { Site } from './site.ts'

export interface LockedWork {
  site: Site
  command: string
  runId: string
  /** Take fields that others own from them; nobody's unless stated. */
  takeOwnership?: boolean
}

/**
 * Runs `work` while this run, and no other on any machine, may write to the region. When the lock is lost, the
 * signal that `work` is given aborts, the engine is stopped, and no write leaves any more.
 * @throws Failure `LOCKED` naming the holder where somebody else has it.
 */
export async function withRegionLock<T>(
  { site, command, runId, takeOwnership = false }: LockedWork,
  c: DeployCollaborators,
  work: (site: Site, c: DeployCollaborators) => Promise<T>,
): Promise<T> {
  const { region, cluster, target } = site
  const { project, stack } = target
  const lock = await acquireLock({ region, project, stack, cluster, command, runId }, c)
  c.holds.add(target, lock, { takeOwnership })
  try {
    const held = { ...site, cluster: guarded(cluster, lock), target: { ...target, hold: lock } }
    return await work(held, { ...c, signal: AbortSignal.any([c.signal, lock.signal]) })
  } finally {
    c.holds.remove(target)
    await lock.release()
  }
}

/** The same cluster, to which nothing is written after the lock is lost. */
function guarded(cluster: Cluster, lock: Hold): Cluster {
  return {
    server: cluster.server,
    context: cluster.context,
    uid: () => cluster.uid(),
    version: () => cluster.version(),
    pathOf: (reference) => cluster.pathOf(reference),
    watch: (path, options) => cluster.watch(path, options),
    close: () => cluster.close(),
    request: (input) =>
      cluster.request(input.method === 'GET' ? input : { ...input, beforeSend: () => lock.assertHeld() }),
  }
}
