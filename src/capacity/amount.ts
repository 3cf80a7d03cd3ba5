import { Failure } from '../failure.ts'
import { nearest } from '../nearest.ts'

export type Column = 'monthlyInterviews' | 'peakConcurrentInterviews' | 'storageTerabytes' | 'gpuNodes'

const units: Readonly<Record<Column, Readonly<Record<string, number>>>> = {
  monthlyInterviews: { interviews: 1, interview: 1 },
  peakConcurrentInterviews: { interviews: 1, interview: 1, sessions: 1, session: 1 },
  storageTerabytes: { TB: 1, GB: 0.001, PB: 1000 },
  gpuNodes: { nodes: 1, node: 1 },
}

/**
 * One cell of a growth table: a number, thousands apart by commas if at all, and perhaps a unit of its column.
 * @returns the number in the column's own unit, or what is wrong with the text.
 */
export function readAmount(column: Column, cell: unknown): number | string {
  if (typeof cell === 'number') return checked(column, cell, String(cell))
  const text = typeof cell === 'string' ? cell.trim() : ''
  const match = /^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?(?:e\d+)?)\s*(.*)$/i.exec(text)
  if (!match) return `${column} is ${JSON.stringify(cell ?? null)}, not a number`
  const unit = match[2] ?? ''
  const factor = unit === '' ? 1 : units[column][unit]
  if (factor !== undefined) return checked(column, Number(match[1]?.replaceAll(',', '')) * factor, text)
  const known = Object.keys(units[column])
  const meant = nearest(unit, known)
  return `${column} is ${JSON.stringify(text)}: ${JSON.stringify(unit)} is no unit of it; ${meant === undefined ? `there is: ${known.join(', ')}` : `did you mean ${meant}?`}`
}

/** More than anybody has: a slip of the unit rather than a plan. */
const largest = 1e12

function checked(column: Column, value: number, text: string): number | string {
  if (!Number.isFinite(value)) return `${column} is ${text}, not a number`
  if (value <= 0) return `${column} is ${text}; it must be above 0`
  if (value > largest) return `${column} is ${text}, beyond anything that can be planned`
  if (column !== 'storageTerabytes' && !Number.isInteger(value))
    return `${column} is ${text}; it must be whole`
  return value
}

/** A number of 0 or more for a flag, a percent sign allowed behind it. */
export function readAmountFlag(text: string): number {
  const value = /^\d+(\.\d+)?%?$/.test(text.trim()) ? Number(text.trim().replace(/%$/, '')) : Number.NaN
  if (Number.isFinite(value)) return value
  throw new Failure('USAGE', `${JSON.stringify(text)} is not a number of 0 or more`, {
    next: 'write for example 2000000',
  })
}
