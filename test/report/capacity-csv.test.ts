import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../src/capacity/csv.ts'
import { horizonData } from '../../src/capacity/data.ts'
import { capacityCsv } from '../../src/report/capacity-csv.ts'
import { modelOf, planOf } from '../capacity/support.ts'

const data = horizonData(planOf('y2'), modelOf())

function rowsOf(id: string): string[][] {
  return parseCsv(capacityCsv({ horizons: [{ ...data, id }] })).map((cells) => cells.map(({ text }) => text))
}

describe('the plan as CSV', () => {
  it('has eight cells on every line, and each figure once', () => {
    const [header, ...rows] = rowsOf('y2')
    expect(header).toHaveLength(8)
    expect(rows.length).toBeGreaterThan(100)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([8]))
    const keys = rows.map((row) => row.slice(0, 6).join(' '))
    expect(new Set(keys).size).toBe(keys.length)
    expect(rows).toContainEqual(['y2', '2027-01', 'none', 'us-east', 'sfu', 'floor', '21', 'instances'])
  })

  it.each([
    ['a,b "c"', 'a,b "c"'],
    ['=HYPERLINK("x")', '\'=HYPERLINK("x")'],
    ['two\nlines', 'two\nlines'],
  ])('reads back %j', (id, text) => {
    expect(rowsOf(id)[1]?.[0]).toBe(text)
  })
})
