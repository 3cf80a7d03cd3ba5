import type { Platform } from '../spec/platform.ts'
import type { Specification } from '../spec/schema/specification.ts'
import type { NetworkPolicyObject } from './kubernetes.ts'
import { metadataOf } from './metadata.ts'
import { namespaceName } from './names.ts'
import type { RegionIdentity, TierPlan } from './region-plan.ts'
import { namespaceSecurity } from './rules/namespace-security.ts'
import { allowDns } from './rules/network/allow-dns.ts'
import { allowFlowIn, allowFlowOut } from './rules/network/allow-flow.ts'
import { allowGateway } from './rules/network/allow-gateway.ts'
import { allowMediaServers } from './rules/network/allow-media-servers.ts'
import { allowToMediaServers } from './rules/network/allow-to-media-servers.ts'
import { defaultDeny } from './rules/network/default-deny.ts'
import { type Flow, flows } from './rules/network/flows.ts'
import { participantPorts } from './rules/media-ports.ts'
import { type TierName, tierOf, tiersOfRole } from './tiers.ts'
import { type WorkName, workOf } from './work.ts'

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
  { specification }: Platform,
  identity: RegionIdentity,
  tier: TierName,
): Record<string, NetworkPolicyObject['spec']> {
  const present = tiersOfRole(identity.role)
  const portOf = (name: WorkName): number => workOf(specification, name).port
  const isOpen = ({ from, to }: Flow): boolean =>
    present.includes(tierOf(from)) && present.includes(tierOf(to))
  const end = (flow: Flow, other: WorkName) => ({
    flow,
    otherNamespace: namespaceName(identity.platform, tierOf(other)),
    port: portOf(flow.to),
  })
  const open = flows.filter(isOpen)
  const out = open.filter(({ from }) => tierOf(from) === tier)
  const into = open.filter(({ to }) => tierOf(to) === tier)
  return {
    'default-deny': defaultDeny,
    'allow-dns': allowDns,
    ...(tier === 'application' ? doors(specification, portOf) : {}),
    ...(tier === 'speech' ? { 'allow-sfu-to-asr': allowMediaServers(portOf('asr')) } : {}),
    ...Object.fromEntries(
      out.map((flow) => [`allow-${flow.from}-to-${flow.to}`, allowFlowOut(end(flow, flow.to))]),
    ),
    ...Object.fromEntries(into.map((flow) => [nameOfIn(flow), allowFlowIn(end(flow, flow.from))])),
  }
}

/** Within one namespace both halves of a flow need a name; across two the one name serves at both ends. */
function nameOfIn({ from, to }: Flow): string {
  return tierOf(from) === tierOf(to) ? `allow-${to}-from-${from}` : `allow-${from}-to-${to}`
}

/** What comes from outside the platform's own pods, and what goes to pods that have no address of their own. */
function doors(
  specification: Specification,
  portOf: (name: WorkName) => number,
): Record<string, NetworkPolicyObject['spec']> {
  return {
    'allow-gateway-to-api': allowGateway('api', portOf('api')),
    'allow-gateway-to-session-router': allowGateway('session-router', portOf('session-router')),
    'allow-session-router-to-sfu': allowToMediaServers(
      'session-router',
      participantPorts(specification).slice(0, 1),
    ),
    'allow-recording-to-sfu': allowToMediaServers('recording', participantPorts(specification)),
  }
}
