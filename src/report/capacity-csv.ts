import type { CapacityData, HorizonData } from '../capacity/data.ts'

type Figure = readonly [region: string, subject: string, measure: string, value: number, unit: string]

const header = ['horizon', 'date', 'survive', 'region', 'subject', 'measure', 'value', 'unit']

/**
 * Every figure of every horizon on a line of its own, RFC 4180 with CRLF: a spreadsheet pivots it, a script filters
 * it. An empty region is the whole platform.
 */
export function capacityCsv({ horizons }: Pick<CapacityData, 'horizons'>): string {
  const rows = horizons.flatMap((data) =>
    [...poolFigures(data), ...nodeFigures(data), ...platformFigures(data), ...costFigures(data)].map(
      ([region, subject, measure, value, unit]) => [
        data.id,
        data.inputs.date,
        data.survive,
        region,
        subject,
        measure,
        String(Number(value.toPrecision(12))),
        unit,
      ],
    ),
  )
  return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** A text that a spreadsheet would take for a formula is marked as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function poolFigures({ pools }: HorizonData): Figure[] {
  return pools.flatMap((row): Figure[] => [
    [row.region, row.name, 'interviews', row.interviews, 'interviews'],
    [row.region, row.name, 'floor', row.floor, 'instances'],
    [row.region, row.name, 'queueAware', row.queueAware, 'instances'],
    [row.region, row.name, 'instances', row.instances, 'instances'],
    [row.region, row.name, 'nodes', row.nodes, 'nodes'],
    [row.region, row.name, 'gpus', row.gpus, 'GPUs'],
  ])
}

function nodeFigures({ nodes }: HorizonData): Figure[] {
  return nodes.flatMap((row): Figure[] => [
    [row.region, `nodes ${row.shape}`, 'nodes', row.nodes, 'nodes'],
    [row.region, `nodes ${row.shape}`, 'fill', row.fill, 'share'],
    [row.region, `nodes ${row.shape}`, 'strandedGpus', row.strandedGpus, 'GPUs'],
  ])
}

function platformFigures({ inputs, gpu, storage, network, limits }: HorizonData): Figure[] {
  return [
    ['', 'demand', 'monthlyInterviews', inputs.monthlyInterviews, 'interviews'],
    ['', 'demand', 'peakConcurrentInterviews', inputs.peakConcurrentInterviews, 'interviews'],
    ['', 'gpu', 'needed', gpu.needed, 'nodes'],
    ['', 'gpu', 'short', gpu.short, 'nodes'],
    ...storage.map(({ tier, tb }): Figure => ['', tier, 'storage', tb, 'TB']),
    ['', 'network', 'peak', network.peakGbps, 'Gbit/s'],
    ['', 'network', 'egress', network.egressTerabytes, 'TB/month'],
    ...limits.map(({ region, id, use }): Figure => [region ?? '', id, 'use', use, 'share']),
  ]
}

function costFigures({ cost }: HorizonData): Figure[] {
  const unit = `${cost.currency}/month`
  const ends = (region: string, subject: string, { low, high }: { low: number; high: number }): Figure[] => [
    [region, subject, 'costLow', low, unit],
    [region, subject, 'costHigh', high, unit],
  ]
  return [
    ...cost.byPool.flatMap(({ name, monthly }) => ends('', name, monthly)),
    ...cost.byRegion.flatMap(({ name, monthly }) => ends(name, 'region', monthly)),
    ...ends('', 'total', cost.monthly),
    ...ends('', 'total after strategies', cost.afterStrategies),
    ...ends('', 'stranded', cost.stranded),
  ]
}
