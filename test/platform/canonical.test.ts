import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, milli } from '../../src/platform/canonical.ts'
import { Quantity } from '../../src/units/quantity.ts'

function quantity(text: string): Quantity {
  const parsed = Quantity.parse(text)
  if (!parsed) throw new Error(`not a quantity: ${text}`)
  return parsed
}

describe('canonical', () => {
  test.each([
    ['2', '2'],
    ['0', '0'],
    ['0.5', '500m'],
    ['0.572', '572m'],
    ['2000m', '2'],
    ['1500m', '1500m'],
    ['1000', '1k'],
    ['16Gi', '16Gi'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1152Gi', '1152Gi'],
    ['1500M', '1500M'],
  ])('%s is written back as %s', (text, expected) => {
    expect(canonical(quantity(text))).toBe(expected)
  })

  test('keeps the amount and does not change on a second pass', () => {
    const units = fc.constantFrom('m', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), units, (value, unit) => {
        const once = quantity(canonical(quantity(`${value}${unit}`)))
        expect(once.amount).toBeCloseTo(quantity(`${value}${unit}`).amount, 6)
        expect(canonical(once)).toBe(once.text)
      }),
    )
  })
})

test('milli writes thousandths', () => {
  expect([milli(572), milli(2000), milli(0)]).toEqual(['572m', '2', '0'])
})
