import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { wrapped } from '../../src/report/wrap.ts'

describe('wrapping a text', () => {
  it('keeps every word in order, and no line with two words is wider', () => {
    const word = fc.stringMatching(/^[a-z,.%]{1,30}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 20, max: 90 }), (words, width) => {
        const lines = wrapped(`  ${words.join(' ')}`, width, 4)
        expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words)
        const tooWide = lines.filter((line) => line.length > width && line.trim().includes(' '))
        expect(tooWide).toEqual([])
      }),
    )
  })

  it('indents what follows the first line', () => {
    expect(wrapped('  one two three', 9, 4)).toEqual(['  one two', '    three'])
  })
})
