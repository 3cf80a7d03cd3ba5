import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { ComponentName } from '../crds/component.ts'
import type { Engine, ProviderChoice, StackRecord, StackTarget } from '../engine/engine.ts'
import { chooseProvider } from '../engine/provider-choice.ts'
import type { ProviderFlag } from '../engine/provider-names.ts'
import { Failure } from '../failure.ts'
import { planRegion } from '../platform/plan.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import type { Platform } from '../spec/platform.ts'
import type { DeployCollaborators } from './ports.ts'

/** One region, reached and checked: everything that an operation on it needs. */
export interface Site {
  region: string
  plan: RegionPlan
  /** What it was planned for. */
  kubernetesVersion: string
  cluster: Cluster
  engine: Engine
  target: StackTarget
  /** What the stack will remember. */
  record: StackRecord
  /** The provider that the stack is to leave. */
  leaves?: ProviderChoice
  /** True where there is no stack yet. */
  isNew: boolean
}

export interface SiteInput {
  platform: Platform
  region: string
  access: ClusterAccess
  provider: ProviderFlag
  migrateProvider?: boolean
  /** Components whose kinds are left out of the plan. */
  without?: readonly ComponentName[]
}

/**
 * Connects to the region's cluster, settles which provider serves its stack, and says where all this is, before
 * anything is changed there.
 * @throws Failure of the connection; `REFUSED` where the stack belongs to another cluster or provider.
 */
export async function openSite(input: SiteInput, c: DeployCollaborators): Promise<Site> {
  const { platform, region, access } = input
  const plan = planRegion(platform, region, input.without)
  const { project, stack } = plan.identity
  c.holds.kubeconfig = access.kubeconfig
  const [cluster, engine] = await Promise.all([c.connect(access), c.engine(platform)])
  try {
    const [recorded, clusterUid] = await Promise.all([
      engine.record({ project, stack, region }),
      cluster.uid(),
    ])
    refuseOtherCluster(input, recorded, clusterUid)
    const question = { region, stack, flag: input.provider, environment: platform.environment }
    const provider = await chooseProvider(
      { ...question, recorded: recorded?.provider, migrates: input.migrateProvider },
      c,
    )
    const program = await c.makeProgram(plan, { provider, cluster: access })
    const where = { context: cluster.context, server: cluster.server, stack, provider }
    c.host.notify('deploy.target', { environment: platform.environment, ...where }, region)
    const target = { project, stack, region, program, cluster: access, provider }
    const record = { provider, clusterUid }
    const { kubernetesVersion = '' } = platform.specification.regions[region] ?? {}
    const leaves = recorded?.provider === provider ? undefined : recorded?.provider
    const site = {
      region,
      plan,
      kubernetesVersion,
      cluster,
      engine,
      target,
      record,
      isNew: recorded === undefined,
    }
    return leaves === undefined ? site : { ...site, leaves }
  } catch (error) {
    cluster.close()
    throw error
  }
}

/** A context can be pointed elsewhere overnight; the UID of `kube-system` cannot. */
function refuseOtherCluster(input: SiteInput, recorded: StackRecord | undefined, clusterUid: string): void {
  if (recorded?.clusterUid === undefined || recorded.clusterUid === clusterUid) return
  throw new Failure(
    'REFUSED',
    `context ${input.access.context} reaches cluster ${clusterUid}, but region ${input.region} was deployed to ${recorded.clusterUid}`,
    {
      region: input.region,
      next: 'point the context back, or remove the old deployment from its own cluster first',
    },
  )
}
