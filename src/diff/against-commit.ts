import { basename, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure } from '../failure.ts'
import { repositoryOf } from '../git/repository.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { changesIn } from './change.ts'
import type { Compared, Current } from './diff.ts'
import { plannedObjects } from './sides.ts'

type PastCollaborators = Pick<Collaborators, 'paths' | 'environment' | 'run' | 'signal'>

/** The specification as it was at a commit, planned by this `iv`, so that only the specification differs. */
export async function againstCommit(
  input: LoadInput,
  { platform, regions, reference }: Current & { reference: string },
  c: PastCollaborators,
): Promise<Compared> {
  const past = await platformAt({ ...input, reference }, c)
  const from = `commit ${past.commit.slice(0, 12)} (${reference})`
  const before = past.platform
  const all = Object.keys(before?.specification.regions ?? {})
  // A region that the specification no longer has is gone with everything in it.
  const lost = regions.length === Object.keys(platform.specification.regions).length ? all : []
  const names = [...new Set([...regions, ...lost])]
  const sides = names.map((region) => {
    const after = plannedObjects(platform, region)
    return { after, changes: changesIn(region, before ? plannedObjects(before, region) : [], after) }
  })
  const changes = sides.flatMap((side) => side.changes)
  const planned = sides.reduce((sum, { after }) => sum + after.length, 0)
  const same = planned - changes.filter(({ action }) => action !== 'delete').length
  if (before) return { from, changes, same, before }
  const message = `${from} has no environment ${platform.environment}: everything is new`
  return { from, changes, same, findings: [{ id: 'diff-new-environment', severity: 'info', message }] }
}

export interface Past {
  commit: string
  /** Undefined where the specification of that time did not have the environment. */
  platform: Platform | undefined
}

/**
 * @throws Failure NOT_FOUND for a reference that is no commit, USAGE outside of a repository and for a specification
 *   that was not valid then.
 */
export async function platformAt(
  input: LoadInput & { reference: string },
  c: PastCollaborators,
): Promise<Past> {
  const file = input.file ?? join(c.paths.project, 'iv.yaml')
  const { repository, path } = await repositoryOf(file, c)
  const commit = await repository.commitOf(input.reference)
  const text = (await repository.filesAt(commit, path)).get(path) ?? ''
  const source = { file, name: `${basename(file)} at ${input.reference}`, text }
  try {
    return { commit, platform: await loadPlatform({ ...input, source, allowLocalState: true }, c) }
  } catch (error) {
    if (isFailure(error) && error.code === 'NOT_FOUND') return { commit, platform: undefined }
    if (!isFailure(error) || error.code !== 'USAGE') throw error
    throw new Failure(
      'USAGE',
      `the specification of ${input.reference} cannot be compared with: ${error.message}`,
      {
        cause: error,
        findings: error.findings,
        next: 'name a commit whose specification this iv accepts',
      },
    )
  }
}
