import { priorityNames, type PriorityName } from '../../../spec/schema/gpu.ts'
import { legal, priorityClassName } from '../../names.ts'
import { batchQueue } from '../../rules/batch-queue.ts'
import { requestPrioritiesName } from '../../rules/policy-files.ts'
import type { ScaledObject } from '../kinds/keda.ts'
import { scalingFidelity } from '../scaling.ts'
import type { Fidelity, ObjectId, SystemContext } from '../system-plan.ts'
import { partitionOf, queueNames } from './partition.ts'
import { objectiveName, routerPriority } from './priorities.ts'
import { routerName } from './router.ts'

const router: ObjectId = { kind: 'ConfigMap', name: routerName }

/** How truly the objects carry what the document asks of the GPU pool. */
export function inferenceFidelity(context: SystemContext, scaler: ScaledObject): Fidelity[] {
  const { platform } = context.identity
  const { specification } = context.platform
  const { gpus } = specification.pools.llm.resources
  return [
    {
      ...scalingFidelity(context, { row: 'LLM Inference', pool: 'llm', object: scaler }),
      reason:
        'the band is exact, the signal is poor: batching keeps GPUs near 100 %, so waiting requests count beside it in the same band',
    },
    {
      demand: `Horizontal Scaling by Component: GPU Node, 8x A100, at least ${specification.pools.llm.instances.minimum} nodes`,
      carried: 'exact',
      objects: [
        { kind: 'NodePool', name: legal(platform, specification.pools.llm.nodeShape) },
        { kind: 'Deployment', name: 'llm' },
      ],
      reason: `one replica takes the ${gpus} GPUs of a node, so the minimum of replicas is the minimum of nodes`,
    },
    partitionFidelity(context),
    ...priorityNames.map((name) => priorityFidelity(context, name)),
    {
      demand: 'Priority Levels: Preemption, Yes for CRITICAL alone',
      carried: 'approximated',
      objects: [router, { kind: 'PriorityClass', name: priorityClassName(platform, 'CRITICAL') }],
      reason:
        'only LOW can be a victim, but any class above it can be the cause: the router ends running requests below 0 for whatever is blocked; for pods only CRITICAL preempts',
    },
    {
      demand: 'GPU Pool Management: Batch Eval and batch analytics, LOW',
      carried: 'exact',
      objects: [
        { kind: 'Deployment', name: 'batch' },
        { kind: 'LocalQueue', name: batchQueue },
        { kind: 'WorkloadPriorityClass', name: priorityClassName(platform, 'LOW') },
      ],
      reason:
        'stands at 0, is admitted by its queue pod by pod, and its requests may be ended: it has to be idempotent',
    },
    {
      demand: 'GPU Scheduler: the request router itself',
      carried: 'elsewhere',
      objects: [],
      reason: `llm-d installs its router; here are its configuration (${routerName}), its pool, its classes and the network paths`,
    },
  ]
}

function partitionFidelity(context: SystemContext): Fidelity {
  const { platform } = context.identity
  const partition = partitionOf(context.platform.specification)
  return {
    demand: 'GPU Pool Management: GPUs 1 and 2 Real-time, 3 Mixed, 4 Batch',
    carried: 'approximated',
    objects: queueNames.map((name) => ({ kind: 'ClusterQueue', name: legal(platform, name) })),
    reason: `quotas of ${queueNames.map((name) => partition[name]).join(' / ')} GPUs in whole replicas; they bind what is queued, and real-time replicas are not, so that they cannot lose their place`,
  }
}

function priorityFidelity({ platform, identity }: SystemContext, name: PriorityName): Fidelity {
  const { maxWait, useCase } = platform.specification.priorities[name]
  return {
    demand: `Priority Levels: ${name}, ${useCase}, max wait ${String(maxWait)}`,
    carried: 'approximated',
    objects: [
      { kind: 'InferenceObjective', name: objectiveName(name) },
      { kind: 'ConfigMap', name: requestPrioritiesName },
      { kind: 'PriorityClass', name: priorityClassName(identity.platform, name) },
    ],
    reason: `a bound and no guarantee: priority ${routerPriority(name)} in the router, and after ${String(maxWait)} the caller stops waiting and falls back; nothing promises a GPU in time`,
  }
}
