import type { Specification } from '../../../spec/schema/specification.ts'
import { regionHost } from '../affinity/gateway.ts'
import type { SystemContext } from '../system-plan.ts'

type Region = Specification['regions'][string]

interface Endpoint {
  dnsName: string
  recordType: 'CNAME'
  recordTTL: number
  setIdentifier: string
  targets: string[]
  providerSpecific: { name: string; value: string }[]
}

/**
 * What this region says of itself in DNS. Every region has a name of its own, from its gateway. Above it lie pairs
 * (`us-east` with the region that takes over), and above those the platform's name, which sends each continent to its
 * pair. Each cluster writes only its own members, so that none has to be alive for another to be found.
 */
export function dnsEndpoints({ platform, identity }: SystemContext, domain: string): Endpoint[] {
  const { regions, recovery } = platform.specification
  const own = identity.region
  const ttl = recovery.dnsTtl?.secondsCeil ?? 10
  const heads = Object.entries(regions).filter(([, { role }]) => role === 'primary' || role === 'active')
  const members = heads.flatMap(([head, region]) =>
    failoverMember({ head, region, own, domain, ttl, regions }),
  )
  const places = heads
    .filter(([head]) => head === own)
    .flatMap(([head, region]) => geographic({ head, region, domain, ttl }))
  return [...members, ...places]
}

interface Member {
  head: string
  region: Region
  own: string
  domain: string
  ttl: number
  regions: Specification['regions']
}

/** This region in the pair of `head`: first, second, or not in it. */
function failoverMember({ head, region, own, domain, ttl, regions }: Member): Endpoint[] {
  const place = head === own ? 'PRIMARY' : region.failoverTo === own ? 'SECONDARY' : undefined
  if (place === undefined) return []
  const check = regions[own]?.dnsHealthCheck
  return [
    {
      dnsName: pairHost(domain, head),
      recordType: 'CNAME',
      recordTTL: ttl,
      setIdentifier: own,
      targets: [regionHost(domain, own)],
      providerSpecific: [
        { name: 'alias', value: 'true' },
        { name: 'aws/evaluate-target-health', value: 'true' },
        { name: 'aws/failover', value: place },
        ...(check === undefined ? [] : [{ name: 'aws/health-check-id', value: check }]),
      ],
    },
  ]
}

/** The continents of a pair; `*` takes everybody that no other one names. */
function geographic({
  head,
  region,
  domain,
  ttl,
}: Pick<Member, 'head' | 'region' | 'domain' | 'ttl'>): Endpoint[] {
  return (region.serves ?? []).map((place) => ({
    dnsName: domain,
    recordType: 'CNAME',
    recordTTL: ttl,
    setIdentifier: place === '*' ? `${head}-everywhere-else` : `${head}-${place.toLowerCase()}`,
    targets: [pairHost(domain, head)],
    providerSpecific: [
      { name: 'alias', value: 'true' },
      { name: 'aws/evaluate-target-health', value: 'true' },
      place === '*'
        ? { name: 'aws/geolocation-country-code', value: '*' }
        : { name: 'aws/geolocation-continent-code', value: place },
    ],
  }))
}

function pairHost(domain: string, head: string): string {
  return `pair-${head}.${domain}`
}
