import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitCodeOf, exitCodes, type Outcome, strongest } from '../src/exit-codes.ts'

const outcomes = Object.keys(exitCodes) as Outcome[]

describe('the table of exit codes', () => {
  it('has the promised numbers, each once', () => {
    const numbers = outcomes.map(exitCodeOf)
    expect(numbers).toEqual([...Array.from({ length: 18 }, (_, code) => code), 130, 143])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('decides between several by the documented order', () => {
    const order = [130, 143, 14, 15, 12, 10, 9, 8, 4, 13, 17, 5, 7]
    for (const [index, stronger] of order.entries()) {
      for (const weaker of order.slice(index + 1)) {
        const pair = outcomes.filter((outcome) => [stronger, weaker].includes(exitCodeOf(outcome)))
        expect(exitCodeOf(strongest(pair))).toBe(stronger)
      }
    }
  })

  it('never hides a failure behind a success, and does not depend on the order given', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outcomes), { minLength: 1 }), (several) => {
        const chosen = strongest(several)
        expect(several).toContain(chosen)
        expect(strongest(several.toReversed())).toBe(chosen)
        expect(chosen === 'OK').toBe(several.every((outcome) => outcome === 'OK'))
      }),
    )
  })
})
