import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { DeployData } from '../report/deploy.ts'
import type { Report } from '../report/report.ts'
import { readAttachment, type RunRecord } from '../runs/journal.ts'
import type { DeployInput } from './deploy.ts'
import { earlierOf } from './resume.ts'
import { openScope } from './scope.ts'

/** What a deploy with a key finds of an earlier one with the same: its result, or the run to go on from. */
export interface Repeated {
  report?: Report<DeployData>
  resume?: string
}

/**
 * Makes the retry of a pipeline safe.
 * @throws Failure `LOCKED` while the first one runs, `USAGE` where the key was used for something else.
 */
export async function repeated(input: DeployInput, c: Collaborators): Promise<Repeated | undefined> {
  const { idempotencyKey: key = '', environment } = input
  const earlier = await earlierOf({ key, environment }, c)
  if (!earlier) return undefined
  const { first, done } = earlier
  const scope = await openScope(
    { ...input, regions: input.regions.length > 0 ? input.regions : first.regions },
    c,
  )
  const same = (run: RunRecord): boolean =>
    run.inputs['configDigest'] === scope.platform.digest && run.regions.join() === scope.regions.join()
  if (!same(first)) {
    throw new Failure(
      'USAGE',
      `idempotency key ${key} belongs to run ${first.id}, which was asked for something else`,
      {
        next: 'give each deploy a key of its own, such as the id of the pipeline run',
      },
    )
  }
  if (!done) return { resume: first.id }
  const data = (await readAttachment(c.paths, done.id, 'result.json')) as DeployData
  return { report: { kind: 'DeployResult', data, environment, regions: done.regions, runId: done.id } }
}
