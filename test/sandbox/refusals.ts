import type { PlatformObject } from '../../src/platform/kubernetes.ts'

export interface Refusal {
  what: string
  object: PlatformObject
  because: RegExp
}

function object(type: string, spec: Record<string, unknown>): PlatformObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return {
    apiVersion,
    kind,
    metadata: { name: 'nonsense', namespace: 'default', labels: {}, annotations: {} },
    spec,
  }
}

function clusterWide(type: string, spec: Record<string, unknown>): PlatformObject {
  const { metadata, ...rest } = object(type, spec)
  return { ...rest, metadata: { name: metadata.name, labels: {}, annotations: {} } }
}

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'asr' }
const triggers = [
  { type: 'prometheus', metadata: { serverAddress: 'http://p', query: 'up', threshold: '10' } },
]

function scaled(spec: Record<string, unknown>): PlatformObject {
  return object('keda.sh/v1alpha1 ScaledObject', { scaleTargetRef, triggers, ...spec })
}

function tolerating(tolerance: unknown): PlatformObject {
  return scaled({
    advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { tolerance } } } },
  })
}

/** Settings that no engine can have meant, each refused by the definition of its kind, not by us. */
export const refusals: readonly Refusal[] = [
  {
    what: 'a minimum above the maximum',
    object: scaled({ minReplicaCount: 5, maxReplicaCount: 3 }),
    because: /^422 .*minReplicaCount must be less than or equal to maxReplicaCount/,
  },
  {
    what: 'a number where KEDA wants a text',
    object: scaled({
      triggers: [{ type: 'prometheus', metadata: { ...triggers[0]?.metadata, threshold: 10 } }],
    }),
    because: /threshold/,
  },
  {
    what: 'a tolerance that is a number',
    object: tolerating(0.7),
    because: /tolerance/,
  },
  {
    what: 'a negative tolerance of an autoscaler',
    object: object('autoscaling/v2 HorizontalPodAutoscaler', {
      scaleTargetRef,
      maxReplicas: 3,
      behavior: { scaleDown: { tolerance: '-0.1' } },
    }),
    because: /^422 .*tolerance/,
  },
  {
    what: 'a preferred synchronous standby outside the cluster',
    object: object('postgresql.cnpg.io/v1 Cluster', {
      instances: 3,
      storage: { size: '1Gi' },
      postgresql: {
        synchronous: {
          method: 'any',
          number: 1,
          dataDurability: 'preferred',
          standbyNamesPre: ['elsewhere'],
        },
      },
    }),
    because: /^422 .*dataDurability set to 'preferred' requires empty 'standbyNamesPre'/,
  },
  {
    what: 'a weight on a pool of fixed size',
    object: clusterWide('karpenter.sh/v1 NodePool', {
      replicas: 2,
      weight: 10,
      template: {
        spec: {
          requirements: [],
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
        },
      },
    }),
    because: /^422 .*'weight' is not supported on static NodePools/,
  },
]
