import { TestRunner } from 'vitest'

/** What a test really talked to. Counted in verify's summary from what the helpers declare, not from file names. */
export type Edge = 'engine' | 'api-server' | 'browser' | 'pty'

declare module 'vitest' {
  interface TaskMeta {
    edges?: Edge[]
  }
}

/** Called by test helpers at the moment they reach an edge, inside a running test. */
export function touches(...edges: Edge[]): void {
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error('touches() counts a test: call it inside one, not in a hook')
  test.meta.edges = [...new Set([...(test.meta.edges ?? []), ...edges])]
}
