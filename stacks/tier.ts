import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js'
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi'
import { resourceName } from '../src/platform/names.ts'
import type { TierPlan, WorkloadPlan } from '../src/platform/region-plan.ts'
import type { Foundation } from './foundation.ts'
import { child } from './options.ts'
import type { System } from './system.ts'
import { Workload } from './workload.ts'

export interface TierInput {
  tier: TierPlan
  workloads: readonly WorkloadPlan[]
  foundation: Foundation
  systems: readonly System[]
}

/** One namespace's contents: first its closed doors, then the pools. No pod ever runs before its policies. */
export class Tier extends ComponentResource {
  /** The Deployments, by `namespace/name`. */
  readonly pods = new Map<string, Resource>()

  constructor({ tier, workloads, foundation, systems }: TierInput, options: ComponentResourceOptions) {
    super('iv:region:Tier', tier.name, {}, options)
    const namespace = foundation.namespaces.get(tier.namespace.metadata.name)
    const ground: Resource[] = namespace ? [namespace] : []
    const policies = tier.networkPolicies.map(
      (policy) => new NetworkPolicy(resourceName(policy.metadata), policy, child(this, ground)),
    )
    const systemGround = systems.flatMap((system) => system.groundOf(tier.namespace.metadata.name))
    const before = [...ground, ...policies, ...foundation.priorityClasses, ...systemGround]
    for (const plan of workloads) {
      const { pods } = new Workload({ plan, ground, before }, { parent: this })
      this.pods.set(resourceName(plan.deployment.metadata), pods)
    }
    this.registerOutputs()
  }
}
