import type { Finding } from '../../../failure.ts'
import { namespaceName } from '../../names.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { documentMap } from '../document.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { dnsEndpoints } from './dns.ts'
import { multiRegionFidelity } from './fidelity.ts'
import { databasePolicies, databases } from './postgres.ts'
import { sessionStateSettings } from './session-state.ts'

/** What makes one platform of several regions: names that move, and data that is already there. */
export function planMultiRegion(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  const { specification } = platform
  const { domain } = specification
  if (!workloadsOfRole(identity.role).includes('conductor') || domain === undefined) return undefined
  const namespace = namespaceName(identity.platform, tierOf('conductor'))
  const endpoints = dnsEndpoints(context, domain)
  const clusters = databases(context, domain)
  const records = {
    apiVersion: 'externaldns.k8s.io/v1alpha1',
    kind: 'DNSEndpoint',
    metadata: systemMetadata(context, 'multi-region', { name: 'sessions', namespace }),
    spec: { endpoints },
  }
  return {
    name: 'multi-region',
    component: 'iv:system:MultiRegion',
    objects: [
      ...(endpoints.length === 0 ? [] : [records]),
      ...clusters,
      ...databasePolicies(context),
      documentMap(context, 'multi-region', {
        name: 'session-state',
        content: sessionStateSettings(specification),
      }),
    ],
    fidelity: multiRegionFidelity(context, clusters),
    findings: platform.environment === 'local' ? [] : withoutCheck(context),
  }
}

/** A region that DNS leaves only when its alias target does: slower, and only as good as the load balancer's word. */
function withoutCheck({ platform, identity }: SystemContext): Finding[] {
  if (platform.specification.regions[identity.region]?.dnsHealthCheck !== undefined) return []
  return [
    {
      id: 'no-dns-health-check',
      severity: 'warning',
      path: `regions.${identity.region}.dnsHealthCheck`,
      message: `${identity.region} has no dnsHealthCheck: DNS leaves it only when its load balancer says that it has no targets`,
      hint: 'make a health check of https://<region>.<domain>/healthz every 10 s with 3 failures, and name its id',
    },
  ]
}
