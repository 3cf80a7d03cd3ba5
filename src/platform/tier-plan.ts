import type { Platform } from '../spec/platform.ts'
import type { NetworkPolicyObject } from './kubernetes.ts'
import { metadataOf } from './metadata.ts'
import { namespaceName } from './names.ts'
import type { RegionIdentity, TierPlan } from './region-plan.ts'
import { namespaceSecurity } from './rules/namespace-security.ts'
import { allowDns } from './rules/network/allow-dns.ts'
import { allowFlowIn, allowFlowOut } from './rules/network/allow-flow.ts'
import { allowGateway } from './rules/network/allow-gateway.ts'
import { allowMediaServers } from './rules/network/allow-media-servers.ts'
import { defaultDeny } from './rules/network/default-deny.ts'
import { type Flow, flows } from './rules/network/flows.ts'
import { type TierName, tierOf, tiersOfRole } from './tiers.ts'

/** A tier before its pools: the namespace, closed except for what the rules open. */
export function tierPlan(platform: Platform, identity: RegionIdentity, tier: TierName): TierPlan {
  const name = namespaceName(identity.platform, tier)
  const version = platform.specification.regions[identity.region]?.kubernetesVersion ?? ''
  const namespace = metadataOf(identity, { name, component: tier })
  const policies = Object.entries(policiesOf(platform, identity, tier))
  return {
    name: tier,
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { ...namespace, labels: { ...namespace.labels, ...namespaceSecurity(tier, version) } },
    },
    networkPolicies: policies.map(([policy, spec]) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadataOf(identity, { name: policy, namespace: name, component: tier }),
      spec,
    })),
  }
}

function policiesOf(
  { specification: { pools } }: Platform,
  identity: RegionIdentity,
  tier: TierName,
): Record<string, NetworkPolicyObject['spec']> {
  const present = tiersOfRole(identity.role)
  const open = flows.filter((flow) => present.includes(flow.fromTier) && present.includes(tierOf(flow.to)))
  const end = (flow: Flow, other: TierName) => ({
    flow,
    otherNamespace: namespaceName(identity.platform, other),
    port: pools[flow.to].port,
  })
  const out = open.filter((flow) => flow.fromTier === tier)
  const into = open.filter((flow) => tierOf(flow.to) === tier)
  return {
    'default-deny': defaultDeny,
    'allow-dns': allowDns,
    ...(tier === 'application' ? { 'allow-gateway-to-api': allowGateway(pools.api.port) } : {}),
    ...(tier === 'speech' ? { 'allow-sfu-to-asr': allowMediaServers(pools.asr.port) } : {}),
    ...named(out, (flow) => allowFlowOut(end(flow, tierOf(flow.to)))),
    ...named(into, (flow) => allowFlowIn(end(flow, flow.fromTier))),
  }
}

function named(list: readonly Flow[], policy: (flow: Flow) => NetworkPolicyObject['spec']) {
  return Object.fromEntries(list.map((flow) => [`allow-${flow.from}-to-${flow.to}`, policy(flow)]))
}
