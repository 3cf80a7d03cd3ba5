import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { writeDurably } from '../durable-file.ts'
import type { Outcome } from '../exit-codes.ts'
import { gitCommit } from '../git-commit.ts'
import type { Paths } from '../paths.ts'
import { thisProcess } from '../process/identity.ts'
import { newRunId } from '../random.ts'

/** What is known about a run. Written when it begins and again when it ends. */
export interface RunRecord {
  id: string
  command: string
  environment: string
  regions: readonly string[]
  inputs: Readonly<Record<string, unknown>>
  /** RFC 3339, UTC. */
  startedAt: string
  /** Process that ran it: an unfinished run whose process is gone was cut. */
  pid: number
  /** Tells that process from a later one with its number; absent where the system cannot. */
  startTime?: string
  host?: string
  /** Absent while it runs, and for ever when it was cut. */
  outcome?: Outcome
  endedAt?: string
  durationMs?: number
}

export interface JournalLine {
  /** Counts from 1 without gaps. */
  seq: number
  ts: string
  step: string
  region: string | null
  data: unknown
}

export interface Run {
  readonly id: string
  /**
   * Appends one line and returns only when it is on the disk: called before acting, so that whatever
   * happened in the world has a line, even after a crash.
   */
  step(name: string, data: unknown, region?: string): Promise<void>
  /** Keeps a document beside the journal: what was deployed, how it ended. Never anything secret. */
  attach(name: Attachment, document: unknown): Promise<void>
  end(outcome: Outcome): Promise<void>
}

export type Attachment = 'specification.json' | 'result.json'

export interface RunInput {
  command: string
  environment: string
  regions: readonly string[]
  inputs: Readonly<Record<string, unknown>>
}

type RunCollaborators = Pick<Collaborators, 'clock' | 'random' | 'paths' | 'run' | 'runId'>

export function runsFolder(paths: Pick<Paths, 'data'>): string {
  return join(paths.data, 'runs')
}

/** Begins a run: `.iv/runs/<id>/run.json` and an empty journal. The first of an invocation carries its id. */
export async function openRun(input: RunInput, c: RunCollaborators): Promise<Run> {
  const startedMs = c.clock.monotonicMs()
  const [{ id, folder }, git] = await Promise.all([claimFolder(c), gitCommit(c)])
  const record: RunRecord = {
    id,
    ...input,
    inputs: { ...input.inputs, ...(git === undefined ? {} : { git }) },
    startedAt: c.clock.now().toISOString(),
    host: hostname(),
    ...thisProcess(),
  }
  await writeRecord(folder, record)
  const journal = await open(join(folder, 'journal.ndjson'), 'a', 0o600)
  let seq = 0
  return {
    id,
    async step(name, data, region) {
      seq += 1
      const line: JournalLine = {
        seq,
        ts: c.clock.now().toISOString(),
        step: name,
        region: region ?? null,
        data,
      }
      await journal.appendFile(`${JSON.stringify(line)}\n`)
      await journal.datasync()
    },
    attach: (name, document) => writeDurably(join(folder, name), `${JSON.stringify(document)}\n`),
    async end(outcome) {
      const durationMs = Math.round(c.clock.monotonicMs() - startedMs)
      await journal.close()
      await writeRecord(folder, {
        ...record,
        outcome,
        endedAt: c.clock.now().toISOString(),
        durationMs,
      })
    },
  }
}

/** A folder that nobody else has: a second run of the same invocation gets an id of its own. */
async function claimFolder(c: RunCollaborators): Promise<{ id: string; folder: string }> {
  const parent = runsFolder(c.paths)
  await mkdir(parent, { recursive: true, mode: 0o700 })
  for (let id = c.runId; ; id = newRunId(c.clock.now(), c.random)) {
    const folder = join(parent, id)
    const taken = await mkdir(folder, { mode: 0o700 }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true
        throw error
      },
    )
    if (!taken) return { id, folder }
  }
}

function writeRecord(folder: string, record: RunRecord): Promise<void> {
  return writeDurably(join(folder, 'run.json'), `${JSON.stringify(record, undefined, 2)}\n`)
}

export interface RunFilter {
  region?: string
  environment?: string
}

/** All runs of the project, newest first. A folder without a readable `run.json` was cut at birth and is no run. */
export async function listRuns(paths: Pick<Paths, 'data'>): Promise<RunRecord[]> {
  const folder = runsFolder(paths)
  const ids = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  // An id begins with its time, so that the order of names is the order of time.
  const newestFirst = ids.toSorted((a, b) => (a < b ? 1 : -1))
  const records = await Promise.all(newestFirst.map((id) => readRecord(join(folder, id))))
  return records.filter((record) => record !== undefined)
}

/** The newest run that touched that region of that environment. */
export async function lastRun(
  paths: Pick<Paths, 'data'>,
  filter: RunFilter = {},
): Promise<RunRecord | undefined> {
  const runs = await listRuns(paths)
  return runs.find(
    (run) =>
      (filter.environment === undefined || run.environment === filter.environment) &&
      (filter.region === undefined || run.regions.includes(filter.region)),
  )
}

/** The lines that were completely written. A last line that a crash cut is left out: its step never began. */
export async function readJournal(paths: Pick<Paths, 'data'>, id: string): Promise<JournalLine[]> {
  const text = await readFile(join(runsFolder(paths), id, 'journal.ndjson'), 'utf8')
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine)
}

/** Undefined where the run kept none. */
export async function readAttachment(
  paths: Pick<Paths, 'data'>,
  id: string,
  name: Attachment,
): Promise<unknown> {
  const text = await readFile(join(runsFolder(paths), id, name), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

async function readRecord(folder: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunRecord
  } catch {
    return undefined
  }
}
