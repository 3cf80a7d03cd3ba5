import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Outcome } from '../../src/exit-codes.ts'
import { newRunId } from '../../src/random.ts'
import { openRun } from '../../src/runs/journal.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { testCollaborators, type TestCollaborators } from '../support/collaborators.ts'

export interface Project {
  c: TestCollaborators
  clock: ManualClock
}

/** A project of the test's own; its clock stands at 2026-01-01. */
export async function project(text?: string): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'iv-milestone-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (text !== undefined) await writeFile(join(folder, 'iv.yaml'), text)
  const clock = new ManualClock()
  return { c: testCollaborators(folder, { clock }), clock }
}

/** A recorded run of the environment `local`, over at once. */
export async function record(
  { c }: Project,
  run: { command: string; regions: readonly string[]; outcome: Outcome },
): Promise<void> {
  const { outcome, ...input } = run
  const runId = newRunId(c.clock.now(), c.random)
  const opened = await openRun({ ...input, environment: 'local', inputs: {} }, { ...c, runId })
  await opened.end(outcome)
}
