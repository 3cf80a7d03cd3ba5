import { type Pool, type PoolName, poolNames } from '../spec/schema/pool.ts'
import type { PriorityName } from '../spec/schema/gpu.ts'
import type { Specification } from '../spec/schema/specification.ts'
import type { WorkloadName } from '../spec/schema/workload.ts'
import { poolPriority } from './rules/pool-priority.ts'

/** Everything that runs: a pool, or a workload that no row of the trigger table scales. */
export type WorkName = PoolName | WorkloadName

/** What the pods of pools and workloads are made from alike. */
export interface Work extends Omit<Pool, 'trigger'> {
  /** Class of the most urgent request that its pods serve. */
  priority: PriorityName
}

export function isPool(name: string): name is PoolName {
  return (poolNames as readonly string[]).includes(name)
}

/** Workloads give one instance at a time to a drain, as pools do unless the specification says otherwise. */
export function workOf({ pools, workloads }: Specification, name: WorkName): Work {
  if (isPool(name)) return { ...pools[name], priority: poolPriority(name) }
  return { ...workloads[name], maxUnavailable: 1 }
}

/** Where the specification has it: `pools.sfu`, `workloads.conductor`. */
export function sectionOf(name: WorkName): string {
  return `${isPool(name) ? 'pools' : 'workloads'}.${name}`
}
