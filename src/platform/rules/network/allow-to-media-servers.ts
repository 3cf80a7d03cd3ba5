import type { NetworkPolicyObject } from '../../kubernetes.ts'
import type { WorkName } from '../../work.ts'
import type { PortOfNode } from '../media-ports.ts'
import { nodeAddresses } from './allow-media-servers.ts'
import { podsOf } from './pods-of.ts'

/**
 * The way out to SFU servers, which are on the host network and so can only be named by the addresses of nodes. The
 * session router needs their signalling port alone; who takes part in a session needs their media ports too.
 */
export function allowToMediaServers(name: WorkName, ports: PortOfNode[]): NetworkPolicyObject['spec'] {
  return {
    podSelector: podsOf(name),
    policyTypes: ['Egress'],
    egress: [
      {
        to: nodeAddresses.map((cidr) => ({ ipBlock: { cidr } })),
        ports,
      },
    ],
  }
}
