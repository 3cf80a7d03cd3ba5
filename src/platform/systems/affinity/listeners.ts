import type { Specification } from '../../../spec/schema/specification.ts'
import { routerStats } from '../../rules/router-process.ts'
import { seconds } from './clusters.ts'

const anyAddress = '0.0.0.0'

/** Header, query parameter or path that says which session a request belongs to, in this order. */
export const sessionKeys = { header: 'x-session-id', query: 'session_id', path: '^/s/([^/?]+).*$' } as const

const hashPolicy = [
  { header: { header_name: sessionKeys.header }, terminal: true },
  { query_parameter: { name: sessionKeys.query }, terminal: true },
  {
    header: {
      header_name: ':path',
      regex_rewrite: { pattern: { regex: sessionKeys.path }, substitution: '\\1' },
    },
  },
]

/** The candidates' door: LiveKit's signalling by its own path, everything else of a session to its conductor. */
export function sessionListener(specification: Specification, port: number) {
  const { failover } = specification.affinity
  return listener('sessions', port, {
    ...manager('sessions'),
    drain_timeout: seconds(failover.drainTimeout),
    /** Signalling is silent while people think. */
    stream_idle_timeout: seconds(specification.sessions.maxDuration),
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    route_config: routes('sessions', [
      { match: { prefix: '/rtc' }, route: sessionRoute('sfu') },
      { match: { prefix: '/' }, route: sessionRoute('conductor') },
    ]),
    http_filters: [healthFilter, router],
  })
}

/** Envoy's own numbers for Prometheus and nothing else of its administration, which could stop the process. */
export function statsListener(port: number) {
  return listener('stats', port, {
    ...manager('stats'),
    route_config: routes('stats', [
      {
        match: { path: routerStats.path },
        route: { cluster: 'administration' },
      },
    ]),
    http_filters: [router],
  })
}

/** One retry, elsewhere, and only where the server was never reached: everything else may have had an effect. */
function sessionRoute(cluster: string) {
  return {
    cluster,
    timeout: '0s',
    hash_policy: hashPolicy,
    retry_policy: {
      retry_on: 'connect-failure,refused-stream',
      num_retries: 1,
      retry_host_predicate: [
        {
          name: 'envoy.retry_host_predicates.previous_hosts',
          typed_config: typed('envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate'),
        },
      ],
      host_selection_retry_max_attempts: 3,
    },
  }
}

/** Answers the probes of the kubelet by itself: a router without a conductor is still a router. */
const healthFilter = {
  name: 'envoy.filters.http.health_check',
  typed_config: {
    ...typed('envoy.extensions.filters.http.health_check.v3.HealthCheck'),
    pass_through_mode: false,
    headers: [{ name: ':path', string_match: { exact: '/healthz' } }],
  },
}

const router = {
  name: 'envoy.filters.http.router',
  typed_config: typed('envoy.extensions.filters.http.router.v3.Router'),
}

function manager(name: string) {
  return {
    ...typed('envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'),
    stat_prefix: name,
  }
}

function routes(name: string, list: readonly object[]) {
  return { name, virtual_hosts: [{ name, domains: ['*'], routes: list }] }
}

function listener(name: string, port: number, config: object) {
  return {
    name,
    address: { socket_address: { address: anyAddress, port_value: port } },
    filter_chains: [
      { filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: config }] },
    ],
  }
}

function typed(message: string) {
  return { '@type': `type.googleapis.com/${message}` }
}
