import { inLanes, type Settled } from './lanes.ts'
import type { DeployCollaborators } from './ports.ts'
import { accessTo, type Scope } from './scope.ts'
import { openSite, type Site } from './site.ts'

/** Reading disturbs nobody, so regions are read side by side whatever `--max-parallel` says; cores are the limit. */
const readersAtOnce = 3

/** Opens every region and looks at it. A region that cannot be reached does not keep the others from being seen. */
export function observe<T>(
  scope: Scope,
  look: (site: Site) => Promise<T>,
  c: DeployCollaborators,
): Promise<Settled<{ site: Site; seen: T }>[]> {
  const input = { regions: scope.regions, parallel: readersAtOnce, halt: false, signal: c.signal }
  return inLanes(input, async (region) => {
    const access = accessTo(scope, region)
    const { platform, provider, migrateProvider, without } = scope
    const site = await openSite({ platform, region, access, provider, migrateProvider, without }, c)
    try {
      return { site, seen: await look(site) }
    } catch (error) {
      site.cluster.close()
      throw error
    }
  })
}

/** Closes the connections of all regions that were opened. */
export function closeSites(settled: readonly Settled<{ site: Site }>[]): void {
  for (const end of settled) if (end.status === 'done') end.value.site.cluster.close()
}
