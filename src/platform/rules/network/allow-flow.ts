import type { NetworkPeer, NetworkPolicyObject } from '../../kubernetes.ts'
import type { Flow } from './flows.ts'
import { podsOf } from './pods-of.ts'

export interface FlowEnd {
  flow: Flow
  /** Namespace at the other end. */
  otherNamespace: string
  /** Port of the called pool. */
  port: number
}

/** The caller's half: it may go out to the pool's pods on the pool's port. */
export function allowFlowOut({ flow, otherNamespace, port }: FlowEnd): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf(flow.from),
    policyTypes: ['Egress'],
    egress: [{ to: [peer(otherNamespace, flow.to)], ports: [{ protocol: 'TCP', port }] }],
  }
}

/** The called half: the caller's pods may come in. With default-deny at both ends a flow needs both. */
export function allowFlowIn({ flow, otherNamespace, port }: FlowEnd): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf(flow.to),
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer(otherNamespace, flow.from)], ports: [{ protocol: 'TCP', port }] }],
  }
}

function peer(namespace: string, workload: string): NetworkPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: podsOf(workload),
  }
}
