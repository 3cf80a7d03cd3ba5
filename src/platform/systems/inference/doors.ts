import type { NetworkPeer, NetworkPolicyObject, PlatformObject } from '../../kubernetes.ts'
import { namespaceName } from '../../names.ts'
import { nodeAddresses } from '../../rules/network/allow-media-servers.ts'
import { allowGateway, gatewayPeer } from '../../rules/network/allow-gateway.ts'
import { podsOf } from '../../rules/network/pods-of.ts'
import { callers } from '../../rules/policy-files.ts'
import { tierOf } from '../../tiers.ts'
import type { WorkName } from '../../work.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'
import { routerName, routerPort } from './router.ts'

/** HTTPS of the API server, as nodes and as a Service have it. */
const apiServerPorts = [443, 6443]

/** What the way through the router adds: callers to the gateway, gateway to router and model, router to both it asks. */
export function routerDoors(context: SystemContext): PlatformObject[] {
  const { port } = context.platform.specification.pools.llm
  const router = { podSelector: podsOf(routerName) }
  return [
    ...callers.map((name) =>
      policy(
        context,
        { name: `allow-${name}-to-gateway`, near: name },
        {
          podSelector: podsOf(name),
          policyTypes: ['Egress'],
          // Its listeners have whatever ports the operator of the cluster gave them.
          egress: [{ to: [gatewayPeer], ports: [{ protocol: 'TCP', port: 1, endPort: 65_535 }] }],
        },
      ),
    ),
    policy(context, { name: 'allow-gateway-to-llm', near: 'llm' }, allowGateway('llm', port)),
    policy(
      context,
      { name: 'allow-llm-from-router', near: 'llm' },
      {
        podSelector: podsOf('llm'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [router], ports: [{ protocol: 'TCP', port }] }],
      },
    ),
    policy(
      context,
      { name: 'allow-llm-router', near: 'llm' },
      {
        ...router,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [gatewayPeer], ports: [{ protocol: 'TCP', port: routerPort }] }],
        egress: [
          { to: [{ podSelector: podsOf('llm') }], ports: [{ protocol: 'TCP', port }] },
          { to: apiServers, ports: apiServerPorts.map((number) => ({ protocol: 'TCP', port: number })) },
        ],
      },
    ),
  ]
}

const apiServers: NetworkPeer[] = nodeAddresses.map((cidr) => ({ ipBlock: { cidr } }))

function policy(
  context: SystemContext,
  { name, near }: { name: string; near: WorkName },
  spec: NetworkPolicyObject['spec'],
): PlatformObject {
  const namespace = namespaceName(context.identity.platform, tierOf(near))
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: systemMetadata(context, 'inference', { name, namespace }),
    spec,
  }
}
