import type { CapacityData, HorizonData } from '../capacity/data.ts'
import { count, short, signed } from './capacity-words.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'
import { wrapped } from './wrap.ts'

const right = 'right' as const

/** One line per horizon, in 80 columns. */
export const overview: readonly Column<HorizonData>[] = [
  { title: 'HORIZON', value: ({ id }) => id },
  { title: 'PEAK', align: right, value: ({ inputs }) => count(inputs.peakConcurrentInterviews) },
  { title: 'SFU', align: right, value: (row) => floorOf(row, 'sfu') },
  { title: 'ASR', align: right, value: (row) => floorOf(row, 'asr') },
  { title: 'TTS', align: right, value: (row) => floorOf(row, 'tts') },
  { title: 'GPU', align: right, value: ({ gpu }) => count(gpu.needed) },
  { title: 'TB', align: right, value: ({ storageTotal }) => count(Math.round(storageTotal.derivedTb)) },
  {
    title: 'MONTHLY',
    align: right,
    value: ({ cost }) => `${short(cost.monthly.low)} to ${short(cost.monthly.high)}`,
  },
  { title: 'FIRST BOTTLENECK', value: ({ bottleneck }) => bottleneck?.id ?? 'none' },
]

/** What is derived beside what the growth table says itself. */
const beside: readonly Column<HorizonData>[] = [
  { title: 'HORIZON', value: ({ id }) => id },
  { title: 'GPU ROW', align: right, value: ({ gpu }) => (gpu.quota === undefined ? '-' : count(gpu.quota)) },
  { title: 'PER NODE', align: right, value: ({ gpu }) => count(gpu.interviewsPerNode) },
  { title: 'BY REGION', align: right, value: (row) => count(sumOf(row, ({ floor }) => floor)) },
  { title: 'READY', align: right, value: (row) => count(sumOf(row, ({ instances }) => instances)) },
  { title: 'TB ROW', align: right, value: ({ storageTotal }) => tableTerabytes(storageTotal) },
  { title: 'OFF BY', align: right, value: ({ storageTotal }) => offBy(storageTotal) },
  { title: 'SFU CAPPED', align: right, value: ({ ring }) => count(ring.bounded) },
  { title: 'PLAIN', align: right, value: ({ ring }) => count(ring.plain) },
]

const explanations = [
  'GPU, SFU, ASR, TTS: by division, as the growth table was made. GPU are nodes of eight.',
  'PER NODE: interviews that the row implies for a GPU node; the table gives no reason for the figure, nor for its step from 20 to 25.',
  'BY REGION: GPU nodes when each region rounds up by itself and keeps its minimum.',
  'READY: GPU nodes with waiting, start-up headroom on the steepest ramp, and survival.',
  'OFF BY: derived storage against the row; the table implies another size per interview each year.',
  'SFU CAPPED, PLAIN: servers on one hash ring with bounded load, and with none so that no server passes its cap.',
]

/** All horizons: a table, the growth table beside it, and what stands behind each difference. */
export function overviewLines({ horizons, prices }: CapacityData, style: Style): string[] {
  return [
    table(horizons, overview, style),
    '',
    'beside the growth table',
    ...table(horizons, beside, style).split('\n'),
    ...[...explanations, `MONTHLY: ${prices.currency}, from the low to the high end of every price.`].flatMap(
      (text) => wrapped(`  ${text}`, style.width, 4),
    ),
  ]
}

/** The notes of one horizon, a paragraph each. */
export function noteLines({ notes }: HorizonData, style: Style): string[] {
  return notes.flatMap((text) => wrapped(`  ${text}`, style.width, 4))
}

function floorOf({ totals }: HorizonData, name: string): string {
  return count(totals.find((row) => row.name === name)?.floor ?? 0)
}

function sumOf({ pools }: HorizonData, figure: (row: HorizonData['pools'][number]) => number): number {
  return pools.filter(({ name }) => name === 'llm').reduce((all, row) => all + figure(row), 0)
}

function tableTerabytes({ tableTb }: HorizonData['storageTotal']): string {
  return tableTb === null ? '-' : count(Math.round(tableTb))
}

function offBy({ tableTb, derivedTb }: HorizonData['storageTotal']): string {
  return tableTb === null ? '-' : `${signed((derivedTb / tableTb - 1) * 100, 1)} %`
}
