import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions, within } from '../../src/toolchain/version.ts'

const triple = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99))
const written = triple.map((parts) => parts.join('.'))

test('orders versions by number, not by text', () => {
  expect(compareVersions('1.9.0', '1.10.0')).toBeLessThan(0)
  expect(compareVersions('v1.35.4', '1.35.4-gke.100')).toBe(0)
  expect(compareVersions('1.35', '1.35.0')).toBe(0)
})

test('what is no version is never in a range', () => {
  const range = { from: '0.0.0', below: '99.0.0' }
  const texts = ['', 'devel', '1', '1.x.0', '1.2.3.4', '$Format:%H$']
  expect(texts.filter((text) => within(text, range))).toEqual([])
})

test('the lower end belongs to the range and the upper end does not', () => {
  expect(within('1.35.0', { from: '1.35.0', below: '1.36.0' })).toBe(true)
  expect(within('1.36.0', { from: '1.35.0', below: '1.36.0' })).toBe(false)
  expect(within('1.34.99', { from: '1.35.0', below: '1.36.0' })).toBe(false)
})

test('comparing agrees with comparing the parts, both ways round', () => {
  fc.assert(
    fc.property(triple, triple, (a, b) => {
      const expected = a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
      expect(Math.sign(compareVersions(a.join('.'), b.join('.')) ?? Number.NaN)).toBe(Math.sign(expected))
    }),
  )
})

test('a version is in the range from itself and never in the range below itself', () => {
  fc.assert(
    fc.property(written, (version) => {
      expect(within(version, { from: version, below: '100.0.0' })).toBe(true)
      expect(within(version, { from: '0.0.0', below: version })).toBe(false)
    }),
  )
})
