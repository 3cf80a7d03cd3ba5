import type { FitData } from '../capacity/fit/fit.ts'
import type { FitPool, Hole } from '../capacity/fit/fit-region.ts'
import { count, poolLabel } from './capacity-words.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'

const right = 'right' as const

const columns: readonly Column<FitPool>[] = [
  { title: 'REGION', value: ({ region }) => region },
  { title: 'POOL', value: ({ pool }) => poolLabel(pool) },
  { title: 'ADDED', align: right, value: ({ wanted }) => count(wanted) },
  { title: 'PLACED', align: right, value: ({ placed }) => count(placed) },
  { title: 'SHORT', align: right, value: ({ shortBy }) => count(shortBy) },
  {
    title: 'FIRST REASON',
    value: ({ reason }) => reason ?? '-',
    paint: ({ shortBy }, style) => (shortBy > 0 ? style.bad : undefined),
  },
]

export const fitWriter: Writer<FitData> = {
  text: (data, style) => lines(data, style).join('\n'),
  wide: (data, style) =>
    [...lines(data, style), '', ...data.pools.filter(({ shortBy }) => shortBy > 0).map(reasonsText)].join(
      '\n',
    ),
}

function lines({ fits, lost, pools }: FitData, style: Style): string[] {
  const what = lost === null ? '' : ` without ${lost}`
  const holes = pools.flatMap(({ region, pool, shortBy, largestHole }) =>
    shortBy > 0 ? [`  ${region}: ${holeText(poolLabel(pool), largestHole)}`] : [],
  )
  return [
    fits ? style.good(`fits${what}`) : style.bad(`does not fit${what}`),
    ...(pools.length === 0 ? [] : [table(pools, columns, style)]),
    ...holes,
    style.dim('worked out from what is there now; no running pod is ended for it'),
  ]
}

function holeText(pool: string, hole: Hole | null): string {
  if (!hole) return `no node takes ${pool}`
  const gpus = hole.gpus > 0 ? `, ${count(hole.gpus)} GPUs` : ''
  return `largest hole for ${pool}: ${count(hole.cpu)} cores, ${count(hole.memory / 2 ** 30)} GiB${gpus} on ${hole.node}`
}

function reasonsText({ region, pool, reasons }: FitPool): string {
  const parts = Object.entries(reasons).map(([reason, nodes]) => `${nodes} ${reason}`)
  return `  ${region} ${poolLabel(pool)}, nodes by reason: ${parts.join(', ') || 'none was asked'}`
}
