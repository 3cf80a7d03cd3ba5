import type { Specification } from '../../../spec/schema/specification.ts'
import { namespaceName } from '../../names.ts'
import { routerStats } from '../../rules/router-process.ts'
import { tierOf } from '../../tiers.ts'
import { workOf } from '../../work.ts'
import { jsonDocument } from '../json.ts'
import { type RingCluster, ringCluster } from './clusters.ts'
import { sessionListener, statsListener } from './listeners.ts'

const loopback = '127.0.0.1'

export interface RouterPorts {
  sessions: number
  stats: number
  administration: number
}

function routerPorts(specification: Specification): RouterPorts {
  return {
    sessions: workOf(specification, 'session-router').port,
    stats: routerStats.port,
    administration: 9900,
  }
}

/** The bootstrap of a region's routers: its servers by the names that the cluster's DNS gives them. */
export function routerConfiguration(specification: Specification, region: string): string {
  const host = (name: 'conductor' | 'sfu') => `${name}.${namespaceName(specification.name, tierOf(name))}.svc`
  const clusters = (['conductor', 'sfu'] as const).map((name) => ({ name, host: host(name) }))
  return jsonDocument(bootstrap({ specification, region, ports: routerPorts(specification), clusters }))
}

export interface BootstrapInput {
  specification: Specification
  region: string
  ports: RouterPorts
  clusters: readonly RingCluster[]
}

/** What the Envoy of the session router starts from; it asks nobody for anything else. */
export function bootstrap({ specification, region, ports, clusters }: BootstrapInput) {
  const administration = { address: loopback, port_value: ports.administration }
  return {
    node: { id: 'session-router', cluster: region },
    admin: { address: { socket_address: administration } },
    static_resources: {
      listeners: [sessionListener(specification, ports.sessions), statsListener(ports.stats)],
      clusters: [
        ...clusters.map((cluster) => ringCluster(specification, cluster)),
        {
          name: 'administration',
          type: 'STATIC',
          connect_timeout: '1s',
          load_assignment: {
            cluster_name: 'administration',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: administration } } }] }],
          },
        },
      ],
    },
  }
}
