import type { NodeShape, Pool, PoolName } from '../spec/schema/pool.ts'

/** A pool whose instance takes a node to itself: the SFU has the node's ports, a model replica all its GPUs. */
export function takesWholeNode(pool: Pick<Pool, 'resources'>, name: PoolName): boolean {
  return name === 'sfu' || pool.resources.gpus > 0
}

/** Instances of the pool that one empty node of the shape holds. */
export function instancesPerNode(name: PoolName, pool: Pool, shape: NodeShape): number {
  const { cpu, memory, gpus } = pool.resources
  const byCpu = cpu.amount > 0 ? shape.cpu.amount / cpu.amount : Infinity
  const byMemory = memory.amount > 0 ? shape.memory.amount / memory.amount : Infinity
  const byGpus = gpus > 0 ? shape.gpus / gpus : Infinity
  const fits = Math.floor(Math.min(byCpu, byMemory, byGpus, shape.maxPods))
  return takesWholeNode(pool, name) ? Math.min(fits, 1) : fits
}

/**
 * Instances that the planned nodes have room for. A pool that takes whole nodes stands at its minimum, and the
 * spare nodes of its shape are its room; every other one may double by hand or by autoscaler and still replace an
 * instance (surge) before nodes must be added. Never above the maximum, surge apart.
 */
export function roomFor(name: PoolName, pool: Pool): number {
  const { minimum, maximum } = pool.instances
  return takesWholeNode(pool, name) ? minimum : Math.min(2 * minimum, maximum) + 1
}
