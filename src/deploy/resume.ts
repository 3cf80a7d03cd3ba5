import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { isAlive } from '../process/identity.ts'
import { listRuns, readJournal, type RunRecord } from '../runs/journal.ts'
import { standing } from './deployed.ts'

/** A run that is gone on from, and what is left of it. */
export interface Resumed {
  run: string
  configDigest: string
  /** All of them where nothing is left: looked at again, and left alone. */
  regions: readonly string[]
}

/**
 * What is left of a deploy that ended early or was cut: the regions that did not come to stand in it, nor in a run
 * that went on from it.
 * @throws Failure `NOT_FOUND` for no such deploy, `LOCKED` while it runs, `USAGE` for another environment.
 */
export async function resumed(
  id: string,
  environment: string,
  { paths }: Pick<Collaborators, 'paths'>,
): Promise<Resumed> {
  const runs = await listRuns(paths)
  const run = runs.find((candidate) => candidate.id === id && candidate.command === 'deploy')
  if (!run) throw new Failure('NOT_FOUND', `there is no deploy ${id}`, { next: 'iv history lists the runs' })
  if (run.environment !== environment) {
    throw new Failure('USAGE', `run ${id} is of environment ${run.environment}, not ${environment}`, {
      next: `add --env ${run.environment}`,
    })
  }
  refuseRunning(run)
  const chain = runs.filter((candidate) => candidate.id === id || candidate.inputs['resumes'] === id)
  const stood = await Promise.all(chain.map((link) => regionsThatStand(link.id, paths)))
  const left = run.regions.filter((region) => !stood.flat().includes(region))
  return {
    run: id,
    configDigest: text(run, 'configDigest') ?? '',
    regions: left.length > 0 ? left : run.regions,
  }
}

/** @throws Failure `LOCKED` for a run that is under way on this machine. */
function refuseRunning(run: RunRecord): void {
  if (run.outcome !== undefined || !isAlive(run)) return
  throw new Failure('LOCKED', `run ${run.id} is under way in process ${run.pid}`, {
    retryable: true,
    next: `wait for its end, or iv cancel ${run.id}`,
  })
}

interface Keyed {
  key: string
  environment: string
}

/**
 * What a retry with the same key finds: the run that did it all already, or the one to go on from.
 * @throws Failure `LOCKED` while that run is under way.
 */
export async function earlierOf(
  { key, environment }: Keyed,
  { paths }: Pick<Collaborators, 'paths'>,
): Promise<{ first: RunRecord; done: RunRecord | undefined } | undefined> {
  const runs = (await listRuns(paths)).filter(
    (run) => run.environment === environment && run.inputs['idempotencyKey'] === key,
  )
  runs.forEach(refuseRunning)
  const first = runs.at(-1)
  return first && { first, done: runs.find((run) => run.outcome === 'OK') }
}

async function regionsThatStand(id: string, paths: Collaborators['paths']): Promise<string[]> {
  return standing(await readJournal(paths, id))
}

function text({ inputs }: RunRecord, name: string): string | undefined {
  const value = inputs[name]
  return typeof value === 'string' ? value : undefined
}
