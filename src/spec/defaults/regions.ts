import { assumed, documented } from './sourced.ts'

const version = assumed('per-direction autoscaler tolerance is on by default from 1.35', '1.35')

function zones(region: string) {
  return assumed('three zones, so that a pool of three survives the loss of one', [
    `${region}-a`,
    `${region}-b`,
    `${region}-c`,
  ])
}

const residency = assumed('the document states no rule, see: iv lint explain IV-FAILOVER-001', 'any')
const weight = documented('Multi-Region Architecture: the global load balancer feeds every region', 1)

export const regions = {
  'us-east': {
    role: documented('Multi-Region Architecture: US-East (Primary)', 'primary'),
    kubernetesVersion: version,
    zones: zones('us-east'),
    failoverTo: documented('Scenario 3: Region Failover', 'us-west'),
    serves: assumed('GeoDNS names no places: the nearest region, and the primary for the rest', ['NA', '*']),
    residency,
    weight,
  },
  'us-west': {
    role: documented('Multi-Region Architecture: US-West (Hot Standby)', 'standby'),
    kubernetesVersion: version,
    zones: zones('us-west'),
    replication: documented('Multi-Region Architecture: US_DB to USW_DB, Sync Replication', {
      from: 'us-east',
      mode: 'synchronous',
      rto: documented('Scenario 3: Sessions resume in US-West within 2 min', '2m'),
      rpo: documented('Scenario 3: No data loss (RPO = 0)', '0s'),
    }),
    failoverTo: assumed('the pair fails over both ways', 'us-east'),
    residency,
    weight,
  },
  'eu-west': {
    role: documented('Multi-Region Architecture: EU-West (Active), EU Primary DB', 'active'),
    kubernetesVersion: version,
    zones: zones('eu-west'),
    replication: documented('Multi-Region Architecture: US_DB to EU_DB, Async Replication', {
      from: 'us-east',
      mode: 'asynchronous',
      rto: documented('Recovery Objectives: Region failure', '15m'),
      rpo: documented('Recovery Objectives: Region failure', '1m'),
    }),
    failoverTo: assumed('the document names none, see: iv lint explain IV-FAILOVER-001', 'us-east'),
    serves: assumed('GeoDNS names no places: the nearest region', ['EU']),
    residency,
    weight,
  },
}

/** What a region that the source document does not know starts from. Its role has no default. */
export function newRegion(name: string) {
  return { kubernetesVersion: version, zones: zones(name), residency, weight: assumed('an equal share', 1) }
}
