import type { ClusterAccess } from '../src/cluster/cluster.ts'
import type { ProviderChoice, StackProgram } from '../src/engine/engine.ts'
import { workloadsOf } from '../src/platform/objects.ts'
import type { RegionPlan, TierPlan, WorkloadPlan } from '../src/platform/region-plan.ts'
import { Foundation } from './foundation.ts'
import { clusterProvider } from './provider.ts'
import { System } from './system.ts'
import { Tier } from './tier.ts'

export interface RegionOptions {
  provider: ProviderChoice
  cluster: ClusterAccess
}

/**
 * The program of a region's stack: creates what the plan says and decides nothing. Outputs: which provider made the
 * stack, the namespace of every tier, and the addresses at which pools and workloads are called.
 */
export function regionProgram(plan: RegionPlan, options: RegionOptions): StackProgram {
  return async () => {
    const provider = clusterProvider(plan.identity, options.cluster)
    const foundation = new Foundation(plan, { providers: [provider] })
    const systems = plan.systems.map((system) => new System(system, foundation, { providers: [provider] }))
    const tiers = slowestFirst(plan).map(
      ([tier, workloads]) => new Tier({ tier, workloads, foundation, systems }, { providers: [provider] }),
    )
    const pods = new Map(tiers.flatMap((tier) => [...tier.pods]))
    for (const system of systems) system.complete(pods)
    return outputs(plan, options.provider)
  }
}

/** Tiers with what runs there, the longest start-up first: a region is ready when its slowest pool is. */
function slowestFirst(plan: RegionPlan): [TierPlan, WorkloadPlan[]][] {
  const startup = (works: readonly WorkloadPlan[]) => Math.max(0, ...works.map((work) => work.startup.ms))
  return plan.tiers
    .map((tier): [TierPlan, WorkloadPlan[]] => [
      tier,
      workloadsOf(plan).filter((work) => work.tier === tier.name),
    ])
    .toSorted(([, left], [, right]) => startup(right) - startup(left))
}

function outputs(plan: RegionPlan, provider: ProviderChoice): Record<string, unknown> {
  const called = workloadsOf(plan).flatMap(({ name, service }) => (service ? [{ name, service }] : []))
  return {
    provider,
    namespaces: Object.fromEntries(plan.tiers.map(({ name, namespace }) => [name, namespace.metadata.name])),
    services: Object.fromEntries(
      called.map(({ name, service: { metadata, spec } }) => [
        name,
        spec.ports.map(({ port }) => `${metadata.name}.${metadata.namespace ?? ''}.svc:${port}`).join(','),
      ]),
    ),
  }
}
