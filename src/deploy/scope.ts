import type { ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import type { ComponentName } from '../crds/component.ts'
import { checkComponents } from '../crds/without.ts'
import type { ProviderFlag } from '../engine/provider-names.ts'
import { Failure } from '../failure.ts'
import { loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import { clusterAccess, type AccessFlags } from './access.ts'

/** What preview, deploy and destroy are asked for alike. */
export interface ScopeInput extends AccessFlags {
  /** The specification; undefined means the project's own, or the defaults. */
  file?: string | undefined
  environment: string
  regions: readonly string[]
  provider: ProviderFlag
  /** Stacks of the other provider change over to the one that is named. */
  migrateProvider?: boolean
  /** A file backend is accepted outside `local`. */
  allowLocalState: boolean
  /** Components whose kinds are left out of the plan. */
  without?: readonly string[]
  /** Plan for this version of Kubernetes instead of what the specification says of the regions. */
  kubeVersion?: string | undefined
}

/** The regions meant, in the order in which they are begun, and how each is reached. */
export interface Scope {
  platform: Platform
  regions: readonly string[]
  access: ReadonlyMap<string, ClusterAccess>
  provider: ProviderFlag
  migrateProvider: boolean
  without: readonly ComponentName[]
}

/** @throws Failure `USAGE` or `NOT_FOUND` for anything wrong with specification, environment or regions. */
export async function openScope(input: ScopeInput, c: Collaborators): Promise<Scope> {
  const { file, environment, allowLocalState, kubeVersion } = input
  const without = checkComponents(input.without ?? [])
  const platform = await loadPlatform(
    { ...(file === undefined ? {} : { file }), environment, allowLocalState, kubeVersion },
    c,
  )
  const regions = selectRegions(platform, input.regions)
  const access = clusterAccess(platform, regions, { flags: input, paths: c.paths })
  return {
    platform,
    regions,
    access,
    provider: input.provider,
    migrateProvider: input.migrateProvider ?? false,
    without,
  }
}

/** @throws Failure `NOT_FOUND` for a region outside the scope. */
export function accessTo(scope: Scope, region: string): ClusterAccess {
  const access = scope.access.get(region)
  if (access) return access
  throw new Failure('NOT_FOUND', `no way to reach region ${region} is known`, { region })
}
