import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Quantity } from '../../src/units/quantity.ts'

const suffixes = ['', 'm', 'k', 'M', 'G', 'T', 'P', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi']

describe('Quantity', () => {
  it.each([
    ['500m', 0.5],
    ['2', 2],
    ['1.5', 1.5],
    ['16Gi', 17_179_869_184],
    ['1k', 1000],
    ['1Ki', 1024],
  ])('reads %s as %d', (text, amount) => {
    expect(Quantity.parse(text)?.amount).toBe(amount)
  })

  it.each(['', 'Gi', '-1', '1 Gi', '16GB', '1gi', '1e3', '16Gi '])('refuses %j', (text) => {
    expect(Quantity.parse(text)).toBeUndefined()
  })

  it('keeps the text as it was written, so that what is rendered is what was reviewed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...suffixes), (number, suffix) => {
        const text = `${number}${suffix}`
        const quantity = Quantity.parse(text)
        expect(quantity?.toString()).toBe(text)
        expect(Quantity.parse(quantity?.toString() ?? '')?.amount).toBe(quantity?.amount)
      }),
    )
  })

  it('grows with the number, whatever the unit', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(...suffixes),
        (number, more, suffix) => {
          const less = Quantity.parse(`${number}${suffix}`)?.amount ?? Number.NaN
          expect(Quantity.parse(`${number + more}${suffix}`)?.amount).toBeGreaterThan(less)
        },
      ),
    )
  })
})
