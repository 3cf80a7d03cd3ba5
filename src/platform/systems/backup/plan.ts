import type { Metadata } from '../../kubernetes.ts'
import { namespaceSecurity } from '../../rules/namespace-security.ts'
import { defaultDeny } from '../../rules/network/default-deny.ts'
import { legal, namespaceName } from '../../names.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { documentMap } from '../document.ts'
import { clusterName } from '../multi-region/postgres.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { backupFidelity } from './fidelity.ts'
import { objectStorage } from './object-storage.ts'

/** The six rows of the backup table: what is saved when, where it lies, when it goes, and what nobody can delete. */
export function planBackup(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  const { specification } = platform
  if (!workloadsOfRole(identity.role).includes('conductor')) return undefined
  const bucket = specification.buckets.configuration
  return {
    name: 'backup',
    component: 'iv:system:Backup',
    objects: [
      documentMap(context, 'backup', {
        name: 'object-storage',
        content: { apiVersion: 'iv.dev/v1', kind: 'ObjectStorage', buckets: objectStorage(specification) },
      }),
      databaseBackup(context),
      ...(bucket === undefined ? [] : configurationBackup(context, bucket)),
    ],
    fidelity: backupFidelity(bucket !== undefined),
    findings: [],
  }
}

/** A base to replay the log from; the log itself is archived continuously. Six fields: the first is seconds. */
function databaseBackup(context: SystemContext) {
  const { identity } = context
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: systemMetadata(context, 'backup', {
      name: 'postgres',
      namespace: namespaceName(identity.platform, tierOf('conductor')),
    }),
    spec: {
      schedule: '0 0 2 * * *',
      immediate: true,
      backupOwnerReference: 'self',
      cluster: { name: clusterName(identity.region) },
      method: 'plugin',
      pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
      target: 'prefer-standby',
    },
  }
}

/**
 * Hourly, for 30 days, as the table says, beside the repository from which everything can be made again. Velero reads
 * its own namespace only, so it is installed in this one.
 */
function configurationBackup(context: SystemContext, bucket: string) {
  const { platform, identity } = context
  const { backups, regions } = platform.specification
  const namespace = legal(identity.platform, 'backup')
  const metadata = (name: string) => systemMetadata(context, 'backup', { name, namespace })
  const ground = systemMetadata(context, 'backup', { name: namespace })
  const version = regions[identity.region]?.kubernetesVersion ?? ''
  const hours = Math.ceil(backups.configuration.retention.seconds / 3600)
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { ...ground, labels: { ...ground.labels, ...namespaceSecurity('application', version) } },
    },
    ...closed(metadata),
    {
      apiVersion: 'velero.io/v1',
      kind: 'BackupStorageLocation',
      metadata: metadata('configuration'),
      spec: {
        provider: 'aws',
        default: true,
        accessMode: 'ReadWrite',
        objectStorage: { bucket, prefix: identity.region },
      },
    },
    {
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: metadata('configuration'),
      spec: {
        schedule: '0 * * * *',
        template: {
          includedNamespaces: [`${identity.platform}-*`],
          includeClusterResources: true,
          excludedResources: ['secrets', 'pods', 'replicasets.apps', 'events'],
          snapshotVolumes: false,
          storageLocation: 'configuration',
          ttl: `${hours}h0m0s`,
        },
      },
    },
  ]
}

/** Nothing in; out to names, to the API server and to object storage, whose addresses nobody knows. */
function closed(metadata: (name: string) => Metadata) {
  const apiVersion = 'networking.k8s.io/v1'
  const tcp = [443, 6443, 53].map((port) => ({ protocol: 'TCP', port }))
  return [
    { apiVersion, kind: 'NetworkPolicy', metadata: metadata('default-deny'), spec: defaultDeny },
    {
      apiVersion,
      kind: 'NetworkPolicy',
      metadata: metadata('allow-api-and-storage'),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ ports: [...tcp, { protocol: 'UDP', port: 53 }] }],
      },
    },
  ]
}
