import type { Demand } from './growth.ts'
import type { CapacityModel, HorizonPlan } from './horizon.ts'
import type { Parameters } from './parameters.ts'
import { boundedLoadServers, plainRingServers } from './sfu.ts'

/** Servers for all sessions as one ring: with a cap, and with plain hashing so that none passes it. */
export interface RingSizes {
  bounded: number
  plain: number
}

/** Every difference between what is derived and what the growth table says, in words with both numbers. */
export function notesOf(
  { demand, gpu, pools, storage, survive }: HorizonPlan,
  { specification }: CapacityModel,
  ring: RingSizes,
): string[] {
  const llm = pools.find(({ pool }) => pool === 'llm')
  const perRegion = llm?.regions.reduce((all, { floor }) => all + floor, 0) ?? 0
  const instances = llm?.regions.reduce((all, row) => all + row.instances, 0) ?? 0
  const carried = Number(gpu.interviewsPerNode.toFixed(1))
  const table = demand.gpuNodes
  const notes: string[] = [
    `SFU: ${ring.bounded} servers hold the cap with bounded-load hashing; a plain ring needs ${ring.plain} so that none passes it`,
  ]
  if (table !== undefined) {
    notes.push(
      gpu.basis === 'growth table'
        ? `GPU nodes: the table's ${table} imply ${carried} interviews per node; the table gives no reason for the figure`
        : `GPU nodes: at ${carried} interviews per node (${gpu.basis}) ${gpu.needed} are needed; the table says ${table}`,
    )
    if (survive === 'none' && perRegion > table) {
      notes.push(
        `GPU nodes: ${perRegion} when each region rounds up by itself and keeps at least ${specification.pools.llm.instances.minimum}, ${perRegion - table} more than the table's ${table}`,
      )
    }
    if (instances > table) {
      notes.push(
        `GPU nodes: ${instances} with waiting, start-up headroom and survival, ${instances - table} more than the table's ${table}`,
      )
    }
  }
  if (storage.table !== undefined) {
    const percent = (storage.terabytes / storage.table - 1) * 100
    notes.push(
      `storage: ${storage.terabytes.toFixed(0)} TB derived, ${storage.table.toFixed(0)} TB in the table (${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %): the table implies a different size per interview each year`,
    )
  }
  return notes
}

export function ringOf(p: Parameters, { peakConcurrentInterviews }: Demand): RingSizes {
  const ring = { cap: p.sessionsPerSfu, virtualNodes: p.virtualNodes }
  return {
    bounded: boundedLoadServers(peakConcurrentInterviews, ring, p.offHomePercent / 100),
    plain: plainRingServers(peakConcurrentInterviews, ring),
  }
}
