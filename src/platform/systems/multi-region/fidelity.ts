import { type Fidelity, idOf, type SystemContext } from '../system-plan.ts'
import type { PlatformObject } from '../../kubernetes.ts'

const records = { kind: 'DNSEndpoint', name: 'sessions' }
const state = { kind: 'ConfigMap', name: 'session-state' }

export function multiRegionFidelity(
  { identity }: SystemContext,
  clusters: readonly PlatformObject[],
): Fidelity[] {
  const databases = clusters.map(idOf)
  const first: Fidelity[] =
    identity.role === 'active'
      ? []
      : [
          {
            demand: 'Multi-Region Architecture: US_DB to USW_DB, Sync Replication (RPO 0)',
            carried: 'exact',
            objects: databases,
            reason:
              'FIRST n: the standby region and one local standby confirm each commit. Every commit pays the way there, and writes stop while it is cut off',
          },
        ]
  const second: Fidelity[] =
    identity.role === 'active'
      ? [
          {
            demand: 'Multi-Region Architecture: US_DB to EU_DB, Async Replication; EU Primary DB',
            carried: 'exact',
            objects: databases,
            reason:
              'a primary of its own, and beside it a replica cluster that streams from the other region',
          },
        ]
      : []
  return [
    ...first,
    ...second,
    {
      demand: 'Multi-Region Architecture: GeoDNS and global load balancer; DNS failover within 60s',
      carried: 'approximated',
      objects: [records],
      reason:
        'geolocation over failover pairs, TTL 10 s. The health checks themselves are made outside (10 s × 3), and resolvers that keep names longer are not ours: clients know both names',
    },
    {
      demand: 'Cross-region failover promotes a database',
      carried: 'elsewhere',
      objects: databases,
      reason: 'CloudNativePG promotes a replica cluster only with a token that a person hands over',
    },
    {
      demand: 'Backup Strategy: Session state, Real-time (Redis), one per region',
      carried: 'approximated',
      objects: [state],
      reason:
        'settings and keys for the Redis of the region, which whoever runs it applies; across regions Redis cannot give RPO 0, so each complete exchange is in the database first',
    },
  ]
}
