import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesBetween } from '../../src/provider/compare.ts'
import { formatPath } from '../../src/provider/path.ts'

function written(before: unknown, after: unknown): string[] {
  return changesBetween(before, after).map(({ path, kind }) => `${formatPath(path)}:${kind}`)
}

test('changes are told at the highest place where one side has nothing', () => {
  const before = { metadata: { name: 'a' }, spec: { image: 'x', args: ['1', '2'], old: { deep: 1 } } }
  const after = { metadata: { name: 'a', labels: { a: 'b' } }, spec: { image: 'y', args: ['1'] } }
  expect(written(before, after)).toEqual([
    'metadata.labels:add',
    'spec.args[1]:delete',
    'spec.image:update',
    'spec.old:delete',
  ])
})

test('nothing differs from itself', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(changesBetween(value, structuredClone(value))).toEqual([])
    }),
  )
})

test.each([
  ['1000m', '1'],
  ['1', 1],
  ['1Gi', '1024Mi'],
  ['0.5', '500m'],
])('the requests %j and %j are the same', (left, right) => {
  expect(written({ requests: { cpu: left } }, { requests: { cpu: right } })).toEqual([])
})

test('in a ConfigMap 1 and 1000m are different texts', () => {
  expect(written({ data: { x: '1' } }, { data: { x: '1000m' } })).toEqual(['data.x:update'])
})
