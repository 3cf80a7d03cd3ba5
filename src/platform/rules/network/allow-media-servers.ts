import type { NetworkPolicyObject } from '../../kubernetes.ts'
import { podsOf } from './pods-of.ts'

/** RFC 1918 and RFC 6598: where the nodes of a cluster have their addresses. */
export const nodeAddresses = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/**
 * The SFU sends audio to speech recognition. It is on the host network: policies see its node's address and not a
 * pod, so it can only be let in by address. For the same reason no policy guards the media traffic itself (UDP to
 * and from candidates); the firewall of the nodes does that.
 */
export function allowMediaServers(port: number): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf('asr'),
    policyTypes: ['Ingress'],
    ingress: [
      { from: nodeAddresses.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: 'TCP', port }] },
    ],
  }
}
