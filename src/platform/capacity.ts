import type { NodeShape } from '../spec/schema/pool.ts'
import type { Work, WorkName } from './work.ts'

/** A pool or workload on a node shape. */
export interface Tenant {
  name: WorkName
  pool: Pick<Work, 'nodeShape' | 'instances' | 'resources'>
}

/** A pool whose instance takes a node to itself: the SFU has the node's ports, a model replica all its GPUs. */
export function takesWholeNode(name: WorkName, { resources }: Pick<Work, 'resources'>): boolean {
  return name === 'sfu' || resources.gpus > 0
}

/**
 * Instances that an empty node of the shape holds, whichever of these pools they belong to: counted with the largest
 * request for each resource, so that a node with fewer always has room for one more, in whatever order the scheduler
 * placed them.
 */
export function instancesPerNode(tenants: readonly Tenant[], shape: NodeShape): number {
  const largest = (amount: (pool: Tenant['pool']) => number) =>
    Math.max(...tenants.map(({ pool }) => amount(pool)))
  const fits = Math.floor(
    Math.min(
      share(
        shape.cpu.amount,
        largest(({ resources }) => resources.cpu.amount),
      ),
      share(
        shape.memory.amount,
        largest(({ resources }) => resources.memory.amount),
      ),
      share(
        shape.gpus,
        largest(({ resources }) => resources.gpus),
      ),
      shape.maxPods,
    ),
  )
  return tenants.some(({ name, pool }) => takesWholeNode(name, pool)) ? Math.min(fits, 1) : fits
}

function share(capacity: number, request: number): number {
  return request > 0 ? capacity / request : Number.POSITIVE_INFINITY
}

/**
 * Instances of a shared-node pool that one zone must have room for. The pool may double by hand or by autoscaler and
 * still replace one instance in four (surge) before nodes must be added. Spread keeps zones within one of each other,
 * for the running revision and for the next one apart, so neither ever asks more of a zone than its rounded-up share.
 */
export function roomPerZone(
  { instances: { minimum, maximum } }: Pick<Work, 'instances'>,
  zones: number,
): number {
  const instances = Math.min(2 * minimum, maximum)
  return Math.ceil(instances / zones) + Math.ceil(Math.ceil(instances / 4) / zones)
}
