import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from '../../src/render/yaml.ts'

const tricky = [
  'on',
  'yes',
  'y',
  'null',
  '~',
  '',
  '1:30',
  '0o7',
  '0b1',
  '1_000',
  '2026-01-01',
  '=',
  '<<',
  '.5',
  '-',
]
const text = fc.oneof(fc.string(), fc.constantFrom(...tricky))
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__' && key !== '<<'),
      tie('node'),
      { maxKeys: 4 },
    ),
  ),
})).node

test('any reader reads what was written', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const written = toYaml(value)
      for (const schema of ['core', 'yaml-1.1'] as const) expect(parse(written, { schema })).toEqual(value)
    }),
  )
})

test('keys are sorted, and what begins like a number is quoted', () => {
  expect(toYaml({ b: '500m', a: { d: 'on', c: 2 } })).toBe('a:\n  c: 2\n  d: "on"\nb: "500m"\n')
})
