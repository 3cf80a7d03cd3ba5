import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { type Month, monthText, parseMonth } from './month.ts'

/** One row of the growth table: what is expected at one point in time. */
export interface GrowthRow {
  id: string
  month: Month
  monthlyInterviews: number
  peakConcurrentInterviews: number
  /** Cumulative, in units of 10¹² bytes. */
  storageTerabytes: number | undefined
  /** Nodes with eight GPUs that the table grants. */
  gpuNodes: number | undefined
}

/** A row, or a point between two of them, with the words for where it comes from. */
export interface Demand extends GrowthRow {
  basis: string
}

/** Rows in order of time, whatever order they came in. */
export type Growth = readonly GrowthRow[]

export function inOrder(rows: readonly GrowthRow[]): Growth {
  return rows.toSorted((left, right) => left.month - right.month)
}

/**
 * The growth table of the specification. It names no dates: `current` is taken to be the first month of the
 * roadmap, and each further row twelve months after the one before.
 */
export function growthOf({ growth, milestones }: Specification): Growth {
  const starts = Object.values(milestones).map(({ from }) => parseMonth(from) ?? Number.POSITIVE_INFINITY)
  const first = Math.min(...starts)
  const start = Number.isFinite(first) ? first : 2025 * 12
  return Object.entries(growth).map(([id, row], index) => ({ id, month: start + 12 * index, ...row }))
}

export function atRow(rows: Growth, id: string): Demand {
  const row = rows.find((candidate) => candidate.id === id)
  if (row) return { ...row, basis: `growth table, row ${id}` }
  throw new Failure('USAGE', `horizon ${JSON.stringify(id)} is not a row of the growth table`, {
    next: suggestion(
      id,
      rows.map((candidate) => candidate.id),
    ),
  })
}

/**
 * A date between two rows: every quantity grows by the same factor each month between them.
 * @throws {Failure} USAGE outside the table: nothing is extrapolated from a date.
 */
export function atMonth(rows: Growth, month: Month): Demand {
  const upper = rows.findIndex((row) => row.month >= month)
  const right = rows[upper]
  const left = rows[upper - 1]
  if (right?.month === month) return { ...right, basis: `growth table, row ${right.id}` }
  if (!left || !right) {
    const [first, last] = [rows[0], rows.at(-1)].map((row) => monthText(row?.month ?? 0))
    throw new Failure('USAGE', `${monthText(month)} lies outside the growth table, ${first} to ${last}`, {
      next: 'choose a date inside, or add a row with --growth',
    })
  }
  return between(left, right, (month - left.month) / (right.month - left.month))
}

/**
 * The point in time at which the peak is reached; beyond the ends of the table everything scales with the peak.
 */
export function atPeak(rows: Growth, peak: number): Demand {
  const upper = rows.findIndex((row) => row.peakConcurrentInterviews >= peak)
  const right = rows[upper]
  const left = rows[upper - 1]
  if (!left || !right) {
    const nearest = right ?? rows.at(-1)
    if (!nearest) throw new Failure('USAGE', 'the growth table has no rows')
    return scaled(nearest, peak)
  }
  const from = left.peakConcurrentInterviews
  const span = Math.log(right.peakConcurrentInterviews / from)
  return { ...between(left, right, Math.log(peak / from) / span), peakConcurrentInterviews: peak }
}

function between(left: GrowthRow, right: GrowthRow, part: number): Demand {
  const grow = (from: number, to: number): number => from * (to / from) ** part
  const optional = (from: number | undefined, to: number | undefined): number | undefined =>
    from === undefined || to === undefined ? undefined : grow(from, to)
  const nodes = optional(left.gpuNodes, right.gpuNodes)
  const month = left.month + part * (right.month - left.month)
  return {
    id: monthText(month),
    month,
    monthlyInterviews: whole(grow(left.monthlyInterviews, right.monthlyInterviews)),
    peakConcurrentInterviews: whole(grow(left.peakConcurrentInterviews, right.peakConcurrentInterviews)),
    storageTerabytes: optional(left.storageTerabytes, right.storageTerabytes),
    gpuNodes: nodes === undefined ? undefined : Math.round(nodes),
    basis: `between ${left.id} and ${right.id}, geometric`,
  }
}

function scaled(row: GrowthRow, peak: number): Demand {
  const factor = peak / row.peakConcurrentInterviews
  return {
    ...row,
    id: `peak-${peak}`,
    monthlyInterviews: whole(row.monthlyInterviews * factor),
    peakConcurrentInterviews: peak,
    gpuNodes: row.gpuNodes === undefined ? undefined : Math.round(row.gpuNodes * factor),
    basis: `row ${row.id} scaled by ${Number(factor.toPrecision(3))}`,
  }
}

/** Interviews come whole, and rounding must not lose one. */
function whole(count: number): number {
  return Math.ceil(count - 1e-6)
}
