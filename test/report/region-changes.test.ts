import { expect, test } from 'vitest'
import { changeData, changeLine, differenceLines, summaryText } from '../../src/report/region-changes.ts'

const update = {
  op: 'update',
  urn: 'urn:1',
  type: 'apps/v1:Deployment',
  name: 'media/sfu',
  paths: ['spec.a'],
  differences: [{ path: 'spec.a', from: undefined, to: 'x'.repeat(80) }],
} as const

test('a change says what, why and, when wanted, where', () => {
  const data = changeData(update)
  expect(changeLine(data, false)).toBe('~ apps/v1:Deployment media/sfu  differs')
  expect(changeLine(data, true)).toBe('~ apps/v1:Deployment media/sfu  differs: spec.a')
  expect(changeData({ ...update, paths: [] }).reason).toBe('was not ready last time')
  expect(changeData({ ...update, op: 'replace' }).reason).toContain('cannot be changed')
})

test('values are one line each, cut where they are long, and null where there are none', () => {
  const data = changeData(update)
  expect(data.differences[0]).toMatchObject({ from: null })
  const [line] = differenceLines(data)
  expect(line).toMatch(/^ {4}spec\.a: \(none\) -> "x+…$/)
})

test('counts name only what happens', () => {
  const none = { create: 0, update: 0, replace: 0, delete: 0, same: 54 }
  expect(summaryText(none)).toBe('no changes, 54 as wanted')
  expect(summaryText({ ...none, create: 2, delete: 1 })).toBe('2 to create, 1 to delete')
})
