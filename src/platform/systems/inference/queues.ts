import { labels } from '../../../names.ts'
import { priorityNames } from '../../../spec/schema/gpu.ts'
import type { ShapeName } from '../../../spec/schema/pool.ts'
import { milli } from '../../canonical.ts'
import type { PlatformObject } from '../../kubernetes.ts'
import { legal, namespaceName, priorityClassName } from '../../names.ts'
import { batchQueue } from '../../rules/batch-queue.ts'
import { shapeTaint } from '../../rules/shape-taint.ts'
import { tierOf } from '../../tiers.ts'
import type { ClusterQueue, QuotaResource } from '../kinds/kueue.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'
import { type Partition, partitionOf, type QueueName, queueNames } from './partition.ts'

const apiVersion = 'kueue.x-k8s.io/v1beta2'
const gpu = 'nvidia.com/gpu'

/**
 * Who may hold how many GPUs. The real-time share is lent to nobody: its replicas are not queued at all, because a
 * Deployment behind a quota can lose its pods to somebody else's; the others simply stop short of it.
 */
export function gpuQueues(context: SystemContext): PlatformObject[] {
  const { identity, platform } = context
  const partition = partitionOf(platform.specification)
  return [
    flavor(context, 'gpu-8'),
    flavor(context, 'evaluation'),
    { apiVersion, kind: 'Cohort', metadata: clusterMetadata(context, 'gpus'), spec: {} },
    ...queueNames.map((name) => clusterQueue(context, name, partition)),
    localQueue(context, 'mixed', namespaceName(identity.platform, tierOf('llm'))),
    localQueue(context, batchQueue, namespaceName(identity.platform, tierOf('llm'))),
    localQueue(context, batchQueue, namespaceName(identity.platform, tierOf('batch'))),
    ...priorityNames.map((name) => ({
      apiVersion,
      kind: 'WorkloadPriorityClass',
      metadata: systemMetadata(context, 'inference', { name: priorityClassName(identity.platform, name) }),
      value: platform.specification.priorities[name].classValue,
      description: platform.specification.priorities[name].useCase,
    })),
  ]
}

function clusterMetadata(context: SystemContext, name: string) {
  return systemMetadata(context, 'inference', { name: legal(context.identity.platform, name) })
}

function flavor(context: SystemContext, shape: ShapeName): PlatformObject {
  return {
    apiVersion,
    kind: 'ResourceFlavor',
    metadata: clusterMetadata(context, shape),
    spec: {
      nodeLabels: { [labels.shape]: shape },
      tolerations: shapeTaint(shape).map((taint) => ({ ...taint, operator: 'Equal' })),
    },
  }
}

/** Batch and mixed work use each other's share while it is idle, and give it back when its owner wants it. */
function clusterQueue(context: SystemContext, name: QueueName, partition: Partition): ClusterQueue {
  const { platform } = context.identity
  const lent = name === 'batch' ? partition.mixed : partition.batch
  const limit = name === 'real-time' ? { lendingLimit: '0' } : { borrowingLimit: String(lent) }
  const quota = { name: gpu, nominalQuota: String(partition[name]), ...limit }
  return {
    apiVersion,
    kind: 'ClusterQueue',
    metadata: clusterMetadata(context, name),
    spec: {
      cohortName: legal(platform, 'gpus'),
      namespaceSelector: { matchLabels: { [labels.partOf]: platform } },
      queueingStrategy: 'BestEffortFIFO',
      preemption: { reclaimWithinCohort: 'Any', withinClusterQueue: 'LowerPriority' },
      resourceGroups: [
        {
          coveredResources: ['cpu', 'memory', gpu],
          flavors: [
            { name: legal(platform, 'gpu-8'), resources: [...hostOf(context, partition[name]), quota] },
            ...(name === 'batch' ? [batchFlavor(context)] : []),
          ],
        },
      ],
    },
  }
}

/** Cores and memory that come with a number of GPUs. */
function hostOf({ platform }: SystemContext, gpus: number): QuotaResource[] {
  const { nodeShapes, pools } = platform.specification
  const { cpu, memory, gpus: perNode } = nodeShapes[pools.llm.nodeShape]
  const nodes = gpus / Math.max(1, perNode)
  return [
    { name: 'cpu', nominalQuota: milli(Math.floor(cpu.amount * nodes * 1000)) },
    { name: 'memory', nominalQuota: gibibytes(memory.amount * nodes) },
  ]
}

/** Batch work without a GPU of its own: as much as all its instances request. */
function batchFlavor({ platform, identity }: SystemContext) {
  const { instances, resources } = platform.specification.workloads.batch
  return {
    name: legal(identity.platform, 'evaluation'),
    resources: [
      { name: 'cpu', nominalQuota: milli(Math.ceil(resources.cpu.amount * instances.maximum * 1000)) },
      { name: 'memory', nominalQuota: gibibytes(resources.memory.amount * instances.maximum) },
      { name: gpu, nominalQuota: '0' },
    ],
  }
}

function gibibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 3)}Gi`
}

function localQueue(context: SystemContext, name: string, namespace: string): PlatformObject {
  return {
    apiVersion,
    kind: 'LocalQueue',
    metadata: systemMetadata(context, 'inference', { name, namespace }),
    spec: { clusterQueue: legal(context.identity.platform, name) },
  }
}
