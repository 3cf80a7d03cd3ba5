import type { Specification } from '../../../spec/schema/specification.ts'
import { legal, namespaceName } from '../../names.ts'
import { nodeAddresses } from '../../rules/network/allow-media-servers.ts'
import { tierOf } from '../../tiers.ts'
import { regionHost } from '../affinity/gateway.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

/** One instance per zone of three: one may be lost, and one still confirms every commit. */
const instances = 3
/** An assumption until the database is measured: state and results of interviews, no media. */
const storage = { size: '100Gi' }
const port = 5432

export function clusterName(region: string): string {
  return legal('postgres', region)
}

/** A copy of another region's database, where this region has a primary of its own. */
function copyName(source: string): string {
  return legal('postgres', source, 'copy')
}

/**
 * The databases of a region. The primary confirms a commit when a standby in its own region has it, and before that
 * the region that follows it synchronously. A standby region and a copy follow as replica clusters: they are promoted
 * by a person with a token, never by themselves.
 */
export function databases(context: SystemContext, domain: string) {
  const { platform, identity } = context
  const { regions } = platform.specification
  const { role, replication } = regions[identity.region] ?? { role: identity.role }
  const own = role === 'primary' || role === 'active' ? [primary(context, domain)] : []
  if (!replication) return own
  const name = own.length === 0 ? clusterName(identity.region) : copyName(replication.from)
  return [...own, follower(context, { name, source: replication.from, domain })]
}

function primary(context: SystemContext, domain: string) {
  const { platform, identity } = context
  const name = clusterName(identity.region)
  const followers = synchronousFollowers(platform.specification, identity.region)
  return cluster(context, name, {
    postgresql: {
      synchronous: {
        method: followers.length === 0 ? 'any' : 'first',
        number: followers.length + 1,
        dataDurability: 'required',
        ...(followers.length === 0 ? {} : { standbyNamesPre: followers.map(clusterName) }),
      },
      ...replicationAccess,
    },
    externalClusters: [identity.region, ...followers].map((region) => external(region, name, domain)),
    ...(followers.length === 0 ? {} : { replica: { self: name, primary: name, source: name } }),
    plugins: [archive(name)],
  })
}

interface Follower {
  name: string
  source: string
  domain: string
}

function follower(context: SystemContext, { name, source, domain }: Follower) {
  const isStandby = name === clusterName(context.identity.region)
  const primaryName = clusterName(source)
  return cluster(context, name, {
    bootstrap: { pg_basebackup: { source: primaryName } },
    replica: isStandby
      ? { self: name, primary: primaryName, source: primaryName }
      : { enabled: true, source: primaryName },
    postgresql: { ...replicationAccess },
    externalClusters: [
      external(source, name, domain),
      ...(isStandby ? [external(context.identity.region, name, domain)] : []),
    ],
    plugins: [archive(name)],
  })
}

/** Replication comes over TLS with a certificate of the replication user, from other regions too. */
const replicationAccess = { pg_hba: ['hostssl replication streaming_replica all cert'] }

function cluster(context: SystemContext, name: string, spec: object) {
  const namespace = namespaceName(context.identity.platform, tierOf('conductor'))
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: systemMetadata(context, 'multi-region', { name, namespace }),
    spec: {
      instances,
      storage,
      affinity: { enablePodAntiAffinity: true, topologyKey: 'topology.kubernetes.io/zone' },
      ...spec,
    },
  }
}

/** `application_name` is what the primary's list of synchronous standbys names. */
function external(region: string, follows: string, domain: string) {
  const name = clusterName(region)
  return {
    name,
    connectionParameters: {
      host: `postgres.${regionHost(domain, region)}`,
      user: 'streaming_replica',
      dbname: 'postgres',
      sslmode: 'verify-full',
      application_name: follows,
    },
    sslKey: { name: `${name}-replication`, key: 'tls.key' },
    sslCert: { name: `${name}-replication`, key: 'tls.crt' },
    sslRootCert: { name: `${name}-ca`, key: 'ca.crt' },
  }
}

/** Every segment of the log goes to object storage at once: what is restored from if all regions are lost. */
function archive(name: string) {
  return {
    name: 'barman-cloud.cloudnative-pg.io',
    isWALArchiver: true,
    parameters: { barmanObjectName: 'postgres-archive', serverName: name },
  }
}

function synchronousFollowers({ regions }: Specification, source: string): string[] {
  return Object.entries(regions)
    .filter(([, { replication }]) => replication?.from === source && replication.mode === 'synchronous')
    .map(([name]) => name)
}

/** Who may speak to the database, and whom its pods speak to: each other, other regions, the API server, the archive. */
export function databasePolicies(context: SystemContext) {
  const namespace = namespaceName(context.identity.platform, tierOf('conductor'))
  const pods = { matchExpressions: [{ key: 'cnpg.io/cluster', operator: 'Exists' }] }
  const elsewhere = nodeAddresses.map((cidr) => ({ ipBlock: { cidr } }))
  const tcp = (...ports: number[]) => ports.map((number) => ({ protocol: 'TCP', port: number }))
  const callers = {
    podSelector: { matchExpressions: [{ key: 'iv.dev/pool', operator: 'In', values: ['conductor', 'api'] }] },
  }
  const policy = (name: string, spec: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: systemMetadata(context, 'multi-region', { name, namespace }),
    spec,
  })
  return [
    policy('allow-postgres', {
      podSelector: pods,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [callers, { podSelector: pods }, ...elsewhere], ports: tcp(port) },
        { from: [{ podSelector: pods }, ...elsewhere], ports: tcp(8000) },
      ],
      egress: [
        { to: [{ podSelector: pods }, ...elsewhere], ports: tcp(port, 8000, 443, 6443) },
        { ports: tcp(443, port) },
      ],
    }),
    policy('allow-to-postgres', {
      podSelector: callers.podSelector,
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: pods }], ports: tcp(port) }],
    }),
  ]
}
