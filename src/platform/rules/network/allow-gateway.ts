import type { NetworkPeer, NetworkPolicyObject } from '../../kubernetes.ts'
import type { WorkName } from '../../work.ts'
import { podsOf } from './pods-of.ts'

/** Put by whoever runs the cluster on the namespace of its ingress controller. */
export const gatewayPeer: NetworkPeer = { namespaceSelector: { matchLabels: { 'iv.dev/gateway': 'true' } } }

/** Candidates and recruiters reach the API, and signalling its router, through the ingress controller alone. */
export function allowGateway(name: WorkName, port: number): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf(name),
    policyTypes: ['Ingress'],
    ingress: [{ from: [gatewayPeer], ports: [{ protocol: 'TCP', port }] }],
  }
}
