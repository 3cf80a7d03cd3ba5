import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { isAlive } from '../process/identity.ts'
import type { HistoryData, HistoryRun } from '../report/history.ts'
import type { Report } from '../report/report.ts'
import { listRuns, type RunRecord, runsFolder } from './journal.ts'

export interface HistoryInput {
  /** Empty means all. */
  regions: readonly string[]
  /** Undefined means all. */
  environment?: string | undefined
  /** The newest so many. */
  limit: number
}

/** The runs of this project that changed or proved something, newest first. */
export async function history(
  input: HistoryInput,
  c: Pick<Collaborators, 'paths'>,
): Promise<Report<HistoryData>> {
  const asked = input.regions.filter((region) => region !== 'all')
  const runs = (await listRuns(c.paths))
    .filter((run) => input.environment === undefined || run.environment === input.environment)
    .filter((run) => asked.length === 0 || run.regions.some((region) => asked.includes(region)))
    .slice(0, input.limit)
    .map((run) => historyRun(run, c))
  return { kind: 'HistoryResult', data: { runs }, regions: asked }
}

function historyRun(run: RunRecord, c: Pick<Collaborators, 'paths'>): HistoryRun {
  const { id, command, environment, regions, startedAt, outcome, durationMs, inputs } = run
  const text = (name: string): string | null => {
    const value = inputs[name]
    return typeof value === 'string' ? value : null
  }
  return {
    id,
    command,
    environment,
    regions,
    startedAt,
    state: outcome === undefined ? (isAlive(run) ? 'running' : 'cut') : 'ended',
    outcome: outcome ?? null,
    durationMs: durationMs ?? null,
    configDigest: text('configDigest'),
    commit: text('git'),
    evidence: join(runsFolder(c.paths), id, 'journal.ndjson'),
  }
}
