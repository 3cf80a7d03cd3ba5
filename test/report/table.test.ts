import { describe, expect, it } from 'vitest'
import { colourStyle, plainStyle } from '../../src/report/style.ts'
import { table } from '../../src/report/table.ts'

const columns = [
  { title: 'POOL', value: (row: { pool: string; ready: number }) => row.pool },
  { title: 'READY', value: (row: { ready: number }) => String(row.ready), align: 'right' as const },
]

describe('a table', () => {
  it('aligns its columns and ends no line with blanks', () => {
    const text = table(
      [
        { pool: 'evaluation', ready: 3 },
        { pool: 'sfu', ready: 12 },
      ],
      columns,
      plainStyle,
    )
    expect(text).toBe('POOL        READY\nevaluation      3\nsfu            12')
  })

  it('is its header alone when there is nothing', () => {
    expect(table([], columns, plainStyle)).toBe('POOL  READY')
  })

  it('keeps its columns when it is painted', () => {
    const painted = columns.map((column) => ({
      ...column,
      paint: (_row: unknown, style: typeof plainStyle) => style.good,
    }))
    const text = table([{ pool: 'sfu', ready: 1 }], painted, colourStyle(80))
    const bare = text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')
    expect(bare).toBe('POOL  READY\nsfu       1')
    expect(text).not.toBe(bare)
  })
})
