import type { HorizonPlan } from './horizon.ts'

/** Every difference between what is derived and what the growth table says, in words with both numbers. */
export function notesOf({
  demand,
  gpu,
  pools,
  storage,
  survive,
  specification,
}: HorizonPlan & { specification: { minimum: number } }): string[] {
  const llm = pools.find(({ pool }) => pool === 'llm')
  const perRegion = llm?.regions.reduce((all, { floor }) => all + floor, 0) ?? 0
  const instances = llm?.regions.reduce((all, row) => all + row.instances, 0) ?? 0
  const carried = Number(gpu.interviewsPerNode.toFixed(1))
  const table = demand.gpuNodes
  const notes: string[] = []
  if (table !== undefined) {
    notes.push(
      gpu.basis === 'growth table'
        ? `GPU nodes: the table's ${table} imply ${carried} interviews per node; the table gives no reason for the figure`
        : `GPU nodes: at ${carried} interviews per node (${gpu.basis}) ${gpu.needed} are needed; the table says ${table}`,
    )
    if (survive === 'none' && perRegion > table) {
      notes.push(
        `GPU nodes: ${perRegion} when each region rounds up by itself and keeps at least ${specification.minimum}, ${perRegion - table} more than the table's ${table}`,
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
