import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import type { Engine, ProviderChoice, StackProgram } from '../engine/engine.ts'
import type { Holds } from '../lock/hold.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import type { Platform } from '../spec/platform.ts'

/** What `stacks/` has to offer; only a command may hand it in. */
export interface Programs {
  regionProgram(plan: RegionPlan, options: ProgramOptions): StackProgram
}

export interface ProgramOptions {
  provider: ProviderChoice
  cluster: ClusterAccess
}

/** What preview, deploy and destroy need of the outside beyond what every use case gets. */
export interface DeployCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
  /** One engine per process and platform. */
  engine(platform: Platform): Promise<Engine>
  makeProgram(plan: RegionPlan, options: ProgramOptions): Promise<StackProgram>
  /** The locks that this process holds; the bundled provider writes under no other. */
  holds: Holds
}
