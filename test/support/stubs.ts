import { expect, TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    stubs?: string[]
  }
}

/**
 * Notes custom kinds of which this machine has only stubs, for verify's summary: what a stub accepts proves nothing.
 * That is a reason where the folder of definitions is not there; where it is, it is a failure.
 */
export function countStubs(kinds: readonly string[], folder: string | undefined): void {
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error('countStubs() belongs to a test: call it inside one, not in a hook')
  test.meta.stubs = [...kinds]
  if (folder !== undefined) expect(kinds, `${folder} is there, and has not all kinds`).toEqual([])
}
