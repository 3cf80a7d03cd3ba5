import { expect, TestRunner } from 'vitest'

/** A measured time beside its goal, in seconds; printed and kept by verify. */
export interface Figure {
  name: string
  goalSeconds: number
  seconds: number
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figure[]
  }
}

/** Goals are for a quiet machine; a busy one, such as a shared runner, is allowed three times as long. */
const allowance = 3

/** Times `work`, keeps the figure for verify's summary, and fails above three times the goal. */
export async function inTime<T>(name: string, goalSeconds: number, work: () => Promise<T>): Promise<T> {
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error('inTime() belongs to a test: call it inside one, not in a hook')
  const began = performance.now()
  const result = await work()
  const seconds = Math.round((performance.now() - began) / 10) / 100
  test.meta.figures = [...(test.meta.figures ?? []), { name, goalSeconds, seconds }]
  expect(seconds, name).toBeLessThan(allowance * goalSeconds)
  return result
}
