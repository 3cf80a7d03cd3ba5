import { describe, expect, it } from 'vitest'
import { shrink } from '../../src/simulate/sweep/shrink.ts'
import type { Task, TaskResult } from '../../src/simulate/sweep/task.ts'
import { combinations, readVaried } from '../../src/simulate/sweep/vary.ts'

describe('varied inputs', () => {
  it.each([
    ['a=1,2,5', ['1', '2', '5']],
    ['a.b=100..200', ['100', '125', '150', '175', '200']],
    ['a=10..90:20', ['10', '30', '50', '70', '90']],
    ['a=3..4', ['3', '4']],
  ])('%s', (text, values) => {
    expect(readVaried(text).values).toEqual(values)
  })

  it.each(['a', '=1', 'a=', 'a=5..1', 'a=1,,2', 'a=1..100000:1'])('%s is refused', (text) => {
    expect(() => readVaried(text)).toThrow(/that is no KEY and values/)
  })

  it('combine with the smallest first', () => {
    const cases = combinations([readVaried('a=1,2'), readVaried('b=1,2')])
    expect(cases[0]).toEqual(['a=1', 'b=1'])
    expect(cases.at(-1)).toEqual(['a=2', 'b=2'])
    expect(cases).toHaveLength(4)
  })
})

it('a failing case is made smaller between the values that were tried', async () => {
  const varied = [readVaried('scenario.interviews=20..100:80')]
  const task = { settings: ['scenario.interviews=100'], seed: 1 }
  const valueOf = ({ settings: [setting = ''] }: Task) => Number(setting.split('=')[1])
  const run = (tried: Task): Promise<TaskResult> =>
    Promise.resolve({ verdict: valueOf(tried) >= 37 ? 'fail' : 'pass', failed: [], digest: '' })
  const found = await shrink(
    { task, result: await run(task) },
    { varied, run, fails: ({ verdict }) => verdict === 'fail', signal: new AbortController().signal },
  )
  expect(found.task).toEqual({ settings: ['scenario.interviews=37'], seed: 1 })
  expect(found.result.verdict).toBe('fail')
  expect(found.runs).toBeLessThan(8)
})
