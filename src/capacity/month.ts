/** A point in time as months since year 0: whole for the first of a month, with the part of the month behind it. */
export type Month = number

const pattern = /^(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/

/** Reads `2026-03` or `2026-03-15`. @returns undefined for anything else, and for a day that its month has not. */
export function parseMonth(text: string): Month | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '1')]
  const days = daysIn(year, month)
  return day > days ? undefined : year * 12 + month - 1 + (day - 1) / days
}

/** `2026-03`: the month in which the point lies. */
export function monthText(month: Month): string {
  const whole = Math.floor(month + 1e-9)
  return `${String(Math.floor(whole / 12)).padStart(4, '0')}-${String((whole % 12) + 1).padStart(2, '0')}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
