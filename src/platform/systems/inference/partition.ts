import type { Finding } from '../../../failure.ts'
import type { Specification } from '../../../spec/schema/specification.ts'

export const queueNames = ['real-time', 'mixed', 'batch'] as const
export type QueueName = (typeof queueNames)[number]

/** GPUs set aside for each kind of work, in whole replicas. */
export type Partition = Readonly<Record<QueueName, number>>

/** GPUs of the pool at its maximum. */
export function gpusOf({ pools }: Specification): number {
  return pools.llm.instances.maximum * pools.llm.resources.gpus
}

/**
 * The document's two, one and one of every four GPUs, of all that the pool may have. A quota that is no multiple of what
 * one replica takes would leave GPUs that nobody can use, so each is rounded down to whole replicas, and what that
 * leaves over goes to real-time work.
 */
export function partitionOf(specification: Specification): Partition {
  const { mixedGpus, batchGpus } = specification.gpu.partition
  const total = gpusOf(specification)
  const mixed = wholeReplicas(specification, mixedGpus)
  const batch = wholeReplicas(specification, batchGpus)
  return { 'real-time': total - mixed - batch, mixed, batch }
}

function wholeReplicas(specification: Specification, share: number): number {
  const { realTimeGpus, mixedGpus, batchGpus } = specification.gpu.partition
  const replica = Math.max(1, specification.pools.llm.resources.gpus)
  const all = Math.max(1, realTimeGpus + mixedGpus + batchGpus)
  return Math.floor((gpusOf(specification) * share) / all / replica) * replica
}

/** Shares that round to nothing: work of that kind would wait for ever. */
export function partitionFindings(specification: Specification): Finding[] {
  const partition = partitionOf(specification)
  const wanted = {
    mixed: specification.gpu.partition.mixedGpus,
    batch: specification.gpu.partition.batchGpus,
  }
  return (['mixed', 'batch'] as const)
    .filter((name) => wanted[name] > 0 && partition[name] === 0)
    .map((name) => ({
      id: 'gpu-partition-empty',
      severity: 'warning',
      path: `gpu.partition.${name}Gpus`,
      message: `the ${name} share of ${gpusOf(specification)} GPUs is less than one replica: nothing is ever admitted there`,
      actual: String(wanted[name]),
      limit: `${specification.pools.llm.resources.gpus} GPUs, what one replica takes`,
      hint: 'raise pools.llm.instances.maximum, or give a replica fewer GPUs',
    }))
}
