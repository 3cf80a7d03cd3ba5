import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPath, parsePath, startsWith } from '../../src/provider/path.ts'

test.each([
  [['spec', 'template', 'spec', 'containers', 0, 'image'], 'spec.template.spec.containers[0].image'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
  [['data'], 'data'],
])('%j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text)
})

test('what is written is read back', () => {
  const part = fc.oneof(
    fc.nat(99),
    fc.string({ minLength: 1 }).filter((text) => text !== '*'),
  )
  const path = fc
    .tuple(
      fc.string({ minLength: 1 }).filter((text) => text !== '*'),
      fc.array(part),
    )
    .map(([first, rest]) => [first, ...rest])
  fc.assert(
    fc.property(path, (parts) => {
      expect(parsePath(formatPath(parts))).toEqual(parts)
    }),
  )
})

test('a star in a prefix stands for any part', () => {
  const prefix = parsePath('spec.containers[*].image')
  expect(startsWith(['spec', 'containers', 3, 'image'], prefix)).toBe(true)
  expect(startsWith(['spec', 'containers', 3, 'name'], prefix)).toBe(false)
  expect(startsWith(['spec'], prefix)).toBe(false)
})
