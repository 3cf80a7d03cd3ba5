import type { DeployCollaborators } from './ports.ts'
import { withRegionLock } from './locked.ts'
import type { Site } from './site.ts'

/** Before a deploy or destroy reads a state that an earlier run left cut short. Under the lock: it may be writing. */
export async function repairState(site: Site, c: DeployCollaborators): Promise<void> {
  if (site.isNew || !(await site.engine.isStateCut(site.target))) return
  await withRegionLock({ site, command: 'repair', runId: c.runId }, c, (locked) =>
    locked.engine.repairState(locked.target),
  )
}
