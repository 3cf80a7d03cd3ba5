import { assumed, documented } from './sourced.ts'

const version = assumed('per-direction autoscaler tolerance is on by default from 1.35', '1.35')

function zones(region: string) {
  return assumed('three zones, so that a pool of three survives the loss of one', [
    `${region}-a`,
    `${region}-b`,
    `${region}-c`,
  ])
}

const weight = documented('Multi-Region Architecture: the global load balancer feeds every region', 1)

export const regions = {
  'us-east': {
    role: documented('Multi-Region Architecture: US-East (Primary)', 'primary'),
    kubernetesVersion: version,
    zones: zones('us-east'),
    failoverTo: documented('Scenario 3: Region Failover', 'us-west'),
    weight,
  },
  'us-west': {
    role: documented('Multi-Region Architecture: US-West (Hot Standby)', 'standby'),
    kubernetesVersion: version,
    zones: zones('us-west'),
    replication: documented('Multi-Region Architecture: US_DB to USW_DB, Sync Replication', {
      from: 'us-east',
      mode: 'synchronous',
    }),
    failoverTo: assumed('the pair fails over both ways', 'us-east'),
    weight,
  },
  'eu-west': {
    role: documented('Multi-Region Architecture: EU-West (Active), EU Primary DB', 'active'),
    kubernetesVersion: version,
    zones: zones('eu-west'),
    replication: documented('Multi-Region Architecture: US_DB to EU_DB, Async Replication', {
      from: 'us-east',
      mode: 'asynchronous',
    }),
    weight,
  },
}

/** What a region that the source document does not know starts from. Its role has no default. */
export function newRegion(name: string) {
  return { kubernetesVersion: version, zones: zones(name), weight: assumed('an equal share', 1) }
}
