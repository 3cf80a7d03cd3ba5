import type { NetworkPolicyObject } from '../../kubernetes.ts'
import { podsOf } from './pods-of.ts'

/** Put by whoever runs the cluster on the namespace of its ingress controller. */
const gatewayLabel = { 'iv.dev/gateway': 'true' }

/** Candidates and recruiters reach the API through the ingress controller and in no other way. */
export function allowGateway(port: number): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf('api'),
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ namespaceSelector: { matchLabels: gatewayLabel } }], ports: [{ protocol: 'TCP', port }] },
    ],
  }
}
