import { labels } from '../../../names.ts'
import { mediaMetricsPort } from '../../rules/media-ports.ts'
import { routerStats } from '../../rules/router-process.ts'
import { namespaceName } from '../../names.ts'
import { type TierName, tierOf, tiersOfRole, poolsOfRole, workloadsOfRole } from '../../tiers.ts'
import { type WorkName, workOf } from '../../work.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

/** Where a pool or workload shows its numbers. */
interface Endpoint {
  port: string
  path: string
  number: number
}

/** One monitor per pool and workload: Prometheus asks every pod of it. */
export function podMonitors(context: SystemContext) {
  const { identity, platform } = context
  const works: WorkName[] = [...poolsOfRole(identity.role), ...workloadsOfRole(identity.role)]
  return works.map((name) => {
    const { port, path } = endpointOf(context, name)
    return {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: systemMetadata(context, 'observability', {
        name,
        namespace: namespaceName(identity.platform, tierOf(name)),
      }),
      spec: {
        selector: { matchLabels: { [labels.name]: name, [labels.partOf]: platform.specification.name } },
        podTargetLabels: [labels.pool, labels.region],
        podMetricsEndpoints: [{ port, path, interval: '15s' }],
      },
    }
  })
}

/** Put by whoever runs the cluster on the namespace of its Prometheus. */
const monitoringLabel = { 'iv.dev/monitoring': 'true' }

/**
 * What a closed namespace opens for Prometheus: each pod's own metrics port. The media servers are on the host network,
 * where no policy reaches.
 */
export function monitoringPolicies(context: SystemContext) {
  const { identity } = context
  return tiersOfRole(identity.role)
    .filter((tier) => tier !== 'media')
    .map((tier) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: systemMetadata(context, 'observability', {
        name: 'allow-monitoring',
        namespace: namespaceName(identity.platform, tier),
      }),
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: monitoringLabel } }],
            ports: portsOf(context, tier).map((port) => ({ protocol: 'TCP', port })),
          },
        ],
      },
    }))
}

function portsOf(context: SystemContext, tier: TierName): number[] {
  const { role } = context.identity
  const works: WorkName[] = [...poolsOfRole(role), ...workloadsOfRole(role)]
  const ports = works.filter((name) => tierOf(name) === tier).map((name) => endpointOf(context, name).number)
  return [...new Set(ports)].toSorted((left, right) => left - right)
}

function endpointOf({ platform }: SystemContext, name: WorkName): Endpoint {
  if (name === 'sfu') return { port: 'metrics', path: '/metrics', number: mediaMetricsPort }
  if (name === 'session-router') return { port: 'stats', path: routerStats.path, number: routerStats.port }
  return { port: 'http', path: '/metrics', number: workOf(platform.specification, name).port }
}
