import type { HorizonData, PoolTotals } from '../capacity/data.ts'
import { count, money, poolLabel } from './capacity-words.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'
import { wrapped } from './wrap.ts'

/** Where the figures begin, behind the name of their line. */
const labelWidth = 20

/** One horizon in full: pools, GPU row, storage, cost, limits. Lines, without the sensitivity that follows them. */
export function horizonLines(data: HorizonData, regions: number, style: Style): string[] {
  const { inputs } = data
  const basis = data.inputs.interviewsPerGpuNodeBasis
  return [
    `${style.bold('capacity-plan')}  horizon ${data.id}   survive ${data.survive}   ${regions} regions, spread by weight`,
    ...wrapped(
      `  inputs    peak ${count(inputs.peakConcurrentInterviews)}   sessions/SFU ${inputs.sessionsPerSfu}   interviews/GPU node ${count(inputs.interviewsPerGpuNode)} (${basis})`,
      style.width,
      12,
    ),
    `            ${count(inputs.monthlyInterviews)} interviews a month, ${inputs.date} (${inputs.basis})`,
    '',
    ...indent(table(data.totals, columns(data), style)),
    '',
    ...[
      `  GPU nodes         ${gpuText(data)}`,
      `  storage           ${storageText(data)}`,
      `  network           ${data.network.peakGbps.toFixed(1)} Gbit/s at the peak, ${count(data.network.egressTerabytes)} TB a month`,
      ...costTexts(data),
    ].flatMap((text) => wrapped(text, style.width, labelWidth)),
    ...bottleneckLines(data, style),
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

function gpuText({ gpu }: HorizonData): string {
  if (gpu.quota === undefined) return `${count(gpu.needed)} needed; no row says how many there are`
  if (gpu.short === 0) return `${count(gpu.needed)} needed, growth row says ${count(gpu.quota)}`
  return `${count(gpu.needed)} needed, growth row says ${count(gpu.quota)}: short ${count(gpu.short)}, unless a node carries ${count(gpu.wouldNeed ?? 0)}`
}

function storageText({ storage, storageTotal }: HorizonData): string {
  const byTier = storage.map(({ tier, tb }) => `${tier} ${count(Math.round(tb))}`).join(', ')
  const said =
    storageTotal.tableTb === null ? '' : ` (growth row says ${count(Math.round(storageTotal.tableTb))})`
  return `${count(Math.round(storageTotal.derivedTb))} TB${said}: ${byTier}`
}

function costTexts({ cost }: HorizonData): string[] {
  const share = Math.round(cost.assumedShare * 100)
  return [
    `  cost              ${money(cost.monthly, cost.currency)} a month, ${share} % on assumed prices`,
    `${' '.repeat(labelWidth)}${money(cost.afterStrategies, cost.currency)} after the strategies; nothing uses ${money(cost.stranded, cost.currency)} of it`,
  ]
}

function bottleneckLines({ bottleneck }: HorizonData, style: Style): string[] {
  if (!bottleneck) return ['  first bottleneck  none']
  const { what, limit, wanted, id, region, use, reachedAtPeak } = bottleneck
  const where = region === null ? '' : ' per region'
  const text = `  first bottleneck  ${what} ${count(limit)}, ${count(wanted)} wanted${where}   ${id}`
  if (use <= 1) return wrapped(text, style.width, labelWidth)
  const reached = `${text}, reached at peak ${count(reachedAtPeak)}`
  return wrapped(reached, style.width, labelWidth).map((line) => style.warn(line))
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}
