import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineDiff } from '../src/line-diff.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))

describe('the difference of two texts', () => {
  it('is nothing for the same text, and has every line that only one of them has', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after)
        expect(lines.length === 0).toBe(before === after)
        const count = (mark: string): number => lines.filter((line) => line.startsWith(mark)).length
        const [old, next] = [before.split('\n').length, after.split('\n').length]
        expect(count('+ ') - count('- ')).toBe(next - old)
      }),
    )
  })

  it('shows one line beside a change, and where lines are left out', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7'].join('\n')
    expect(lineDiff(before, before.replace('2', 'two').replace('6', 'six'))).toEqual([
      '  1',
      '- 2',
      '+ two',
      '  3',
      '...',
      '  5',
      '- 6',
      '+ six',
      '  7',
    ])
  })
})
