import { systemClock } from '../../src/clock.ts'
import type { Collaborators } from '../../src/collaborators.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { makePaths } from '../../src/paths.ts'
import { runProcess } from '../../src/process/run.ts'
import { systemRandom } from '../../src/random.ts'

export interface TestCollaborators extends Collaborators {
  host: RecorderHost
}

/** Real ones except for the host, which records; `project` is a folder of the test's own. */
export function testCollaborators(
  project: string,
  overrides: Partial<TestCollaborators> = {},
): TestCollaborators {
  const packageRoot = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')
  const environment = overrides.environment ?? {}
  return {
    clock: systemClock,
    random: systemRandom,
    host: new RecorderHost(),
    run: runProcess,
    paths: makePaths({ packageRoot, project, environment }),
    environment,
    runId: '01TEST0000000000000000RVN0',
    signal: new AbortController().signal,
    ...overrides,
  }
}
