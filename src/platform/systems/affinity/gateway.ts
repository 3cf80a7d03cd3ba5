import { legal, namespaceName } from '../../names.ts'
import { tierOf } from '../../tiers.ts'
import { workOf } from '../../work.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

const gatewayGroup = 'gateway.networking.k8s.io'

/** The controller of Envoy Gateway. */
const controllerName = 'gateway.envoyproxy.io/gatewayclass-controller'

/** Names that the gateway answers to: the platform's own, and that of this region for whoever knows it. */
export function regionHost(domain: string, region: string): string {
  return `${region}.${domain}`
}

/** The regional load balancer: TLS ends here, then candidates' sessions and the API part. */
export function gatewayObjects(context: SystemContext, domain: string) {
  const { identity, platform } = context
  const { failover } = platform.specification.affinity
  const namespace = namespaceName(identity.platform, tierOf('api'))
  const metadata = (name: string, annotations?: Record<string, string>) =>
    systemMetadata(context, 'affinity', { name, namespace, ...(annotations ? { annotations } : {}) })
  const className = legal(identity.platform, 'gateway')
  return [
    {
      apiVersion: `${gatewayGroup}/v1`,
      kind: 'GatewayClass',
      metadata: systemMetadata(context, 'affinity', { name: className }),
      spec: {
        controllerName,
        parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'gateway', namespace },
      },
    },
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'EnvoyProxy',
      metadata: metadata('gateway'),
      spec: { shutdown: { drainTimeout: failover.drainTimeout.toString() } },
    },
    {
      apiVersion: `${gatewayGroup}/v1`,
      kind: 'Gateway',
      metadata: metadata('gateway'),
      spec: {
        gatewayClassName: className,
        listeners: [`*.${domain}`, domain].map((hostname, index) => ({
          name: index === 0 ? 'regions' : 'platform',
          protocol: 'HTTPS',
          port: 443,
          hostname,
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'gateway-tls' }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        })),
      },
    },
    route(context, domain, { name: 'api', prefix: '/api', health: '/healthz' }),
    route(context, domain, { name: 'session-router', prefix: '/' }),
    apiGuard(context),
  ]
}

interface Route {
  name: 'api' | 'session-router'
  prefix: string
  /** Exact path by which DNS asks whether the region is well. */
  health?: string
}

/** The longer prefix wins: what is not the API's is a session's. DNS gets the region's own name from here. */
function route(context: SystemContext, domain: string, { name, prefix, health }: Route) {
  const { identity, platform } = context
  const host = regionHost(domain, identity.region)
  return {
    apiVersion: `${gatewayGroup}/v1`,
    kind: 'HTTPRoute',
    metadata: systemMetadata(context, 'affinity', {
      name,
      namespace: namespaceName(identity.platform, tierOf(name)),
      annotations: {
        'external-dns.kubernetes.io/gateway-hostname-source': 'annotation-only',
        'external-dns.kubernetes.io/hostname': host,
      },
    }),
    spec: {
      parentRefs: [{ name: 'gateway' }],
      hostnames: [domain, `*.${domain}`],
      rules: [
        {
          matches: [
            { path: { type: 'PathPrefix', value: prefix } },
            ...(health === undefined ? [] : [{ path: { type: 'Exact', value: health } }]),
          ],
          backendRefs: [{ name, port: workOf(platform.specification, name).port }],
        },
      ],
    },
  }
}

/**
 * The outer guard of the API: a server that fails five times in a row is out for as long as a breaker is open. No
 * active checks beside it, because a check that passes would bring the server back at once; readiness does that
 * part. With few servers the default of 10 % would never take one out.
 */
function apiGuard(context: SystemContext) {
  const { identity, platform } = context
  const { circuitBreakers, timeouts } = platform.specification
  const openFor = Math.min(...Object.values(circuitBreakers).map((breaker) => breaker.openFor.seconds), 60)
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    metadata: systemMetadata(context, 'affinity', {
      name: 'api',
      namespace: namespaceName(identity.platform, tierOf('api')),
    }),
    spec: {
      targetRefs: [{ group: gatewayGroup, kind: 'HTTPRoute', name: 'api' }],
      healthCheck: {
        passive: {
          consecutive5XxErrors: 5,
          interval: '1s',
          baseEjectionTime: `${openFor}s`,
          maxEjectionPercent: 100,
        },
      },
      retry: { numRetries: 1, retryOn: { triggers: ['connect-failure', 'refused-stream'] } },
      timeout: { http: { requestTimeout: `${timeouts.api.seconds}s` } },
    },
  }
}
