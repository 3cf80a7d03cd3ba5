import type { HorizonData, PoolTotals } from '../capacity/data.ts'
import { count, money, poolLabel } from './capacity-words.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'

/** One horizon in full: pools, GPU row, storage, cost, limits. Lines, without the sensitivity that follows them. */
export function horizonLines(data: HorizonData, regions: number, style: Style): string[] {
  const { inputs } = data
  const basis = data.inputs.interviewsPerGpuNodeBasis
  return [
    `${style.bold('capacity-plan')}  horizon ${data.id}   survive ${data.survive}   ${regions} regions, spread by weight`,
    `  inputs    peak ${count(inputs.peakConcurrentInterviews)}   sessions/SFU ${inputs.sessionsPerSfu}   interviews/GPU node ${count(inputs.interviewsPerGpuNode)} (${basis})`,
    `            ${count(inputs.monthlyInterviews)} interviews a month, ${inputs.date} (${inputs.basis})`,
    '',
    ...indent(table(data.totals, columns(data), style)),
    '',
    `  GPU nodes         ${gpuText(data, style)}`,
    `  storage           ${storageText(data)}`,
    `  network           ${data.network.peakGbps.toFixed(1)} Gbit/s at the peak, ${count(data.network.egressTerabytes)} TB a month`,
    `  cost              ${costText(data)}`,
    `  first bottleneck  ${bottleneckText(data, style)}`,
  ]
}

function columns(data: HorizonData): Column<PoolTotals>[] {
  const right = 'right' as const
  const survived = {
    title: data.survive === 'none' ? 'PER REGION SUM' : `SURVIVE ${data.survive.toUpperCase()}`,
    align: right,
    value: ({ surviveFloor }: PoolTotals) => count(surviveFloor),
  }
  return [
    { title: 'POOL', value: ({ name }) => poolLabel(name) },
    { title: 'FLOOR', align: right, value: ({ floor }) => count(floor) },
    survived,
    { title: 'MOST IN A REGION', align: right, value: ({ name }) => count(most(data, name)) },
    { title: 'QUEUE-AWARE', align: right, value: ({ queueAware }) => count(queueAware) },
    { title: 'INSTANCES', align: right, value: ({ instances }) => count(instances) },
  ]
}

function most({ pools }: HorizonData, name: string): number {
  return Math.max(...pools.filter((row) => row.name === name).map((row) => row.instances))
}

function gpuText({ gpu }: HorizonData, style: Style): string {
  if (gpu.quota === undefined) return `${count(gpu.needed)} needed; no row says how many there are`
  if (gpu.short === 0) return `${count(gpu.needed)} needed, growth row says ${count(gpu.quota)}`
  return style.bad(
    `${count(gpu.needed)} needed, growth row says ${count(gpu.quota)}: short ${count(gpu.short)}, unless a node carries ${count(gpu.wouldNeed ?? 0)}`,
  )
}

function storageText({ storage, storageTotal }: HorizonData): string {
  const byTier = storage.map(({ tier, tb }) => `${tier} ${count(Math.round(tb))}`).join(', ')
  const said =
    storageTotal.tableTb === null ? '' : ` (growth row says ${count(Math.round(storageTotal.tableTb))})`
  return `${count(Math.round(storageTotal.derivedTb))} TB${said}: ${byTier}`
}

function costText({ cost }: HorizonData): string {
  const share = Math.round(cost.assumedShare * 100)
  return [
    `${money(cost.monthly, cost.currency)} a month, ${share} % on assumed prices`,
    `                    ${money(cost.afterStrategies, cost.currency)} after the strategies; nothing uses ${money(cost.stranded, cost.currency)} of it`,
  ].join('\n')
}

function bottleneckText({ bottleneck }: HorizonData, style: Style): string {
  if (!bottleneck) return 'none'
  const { what, limit, wanted, id, region, use, reachedAtPeak } = bottleneck
  const where = region === null ? '' : ' per region'
  const text = `${what} ${count(limit)}, ${count(wanted)} wanted${where}   ${id}`
  return use > 1 ? style.warn(`${text}, reached at peak ${count(reachedAtPeak)}`) : text
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}
