import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lastRun, listRuns, openRun, readJournal, runsFolder } from '../../src/runs/journal.ts'
import { newRunId, systemRandom } from '../../src/random.ts'
import { testCollaborators } from '../support/collaborators.ts'

let project: string
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-journal-'))
})
afterEach(() => rm(project, { recursive: true, force: true }))

const input = { command: 'deploy', environment: 'local', regions: ['us-east'], inputs: { parallel: 2 } }

function at(second: number) {
  const runId = newRunId(new Date(1_700_000_000_000 + second * 1000), systemRandom)
  return testCollaborators(project, { runId })
}

describe('the run journal', () => {
  it('has each step on the disk before it returns, and the outcome at the end', async () => {
    const c = at(0)
    const run = await openRun(input, c)
    await run.step('preview', { changes: 3 }, 'us-east')
    await run.step('up', {})
    const lines = await readJournal(c.paths, run.id)
    expect(lines.map((line) => [line.seq, line.step, line.region])).toEqual([
      [1, 'preview', 'us-east'],
      [2, 'up', null],
    ])
    expect((await listRuns(c.paths))[0]?.outcome).toBeUndefined()
    await run.end('PARTIAL')
    expect((await listRuns(c.paths))[0]).toMatchObject({ id: c.runId, outcome: 'PARTIAL', command: 'deploy' })
  })

  it('names the commit that the project stands at, and none outside a repository', async () => {
    await openRun(input, at(0))
    const who = ['-c', 'user.name=iv', '-c', 'user.email=iv@example.com']
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', project, ...who, ...args], { encoding: 'utf8' })
    git('init', '--quiet')
    git('commit', '--quiet', '--allow-empty', '--message', 'first')
    await openRun(input, at(1))
    const [later, earlier] = await listRuns(at(2).paths)
    expect(later?.inputs).toEqual({ parallel: 2, git: git('rev-parse', 'HEAD').trim() })
    expect(earlier?.inputs).toEqual({ parallel: 2 })
  })

  it('reads a journal whose last line was cut', async () => {
    const c = at(0)
    const run = await openRun(input, c)
    await run.step('up', {})
    await run.end('OK')
    await appendFile(join(runsFolder(c.paths), run.id, 'journal.ndjson'), '{"seq":2,"ts":"20')
    expect((await readJournal(c.paths, run.id)).map((line) => line.step)).toEqual(['up'])
  })

  it('finds the last run of a region and environment', async () => {
    for (const [second, environment, region] of [
      [1, 'local', 'us-east'],
      [2, 'prod', 'us-east'],
      [3, 'local', 'eu-west'],
    ] as const) {
      const run = await openRun({ ...input, environment, regions: [region] }, at(second))
      await run.end('OK')
    }
    const { paths } = at(9)
    expect((await lastRun(paths))?.regions).toEqual(['eu-west'])
    expect((await lastRun(paths, { region: 'us-east' }))?.environment).toBe('prod')
    expect(await lastRun(paths, { region: 'eu-west', environment: 'prod' })).toBeUndefined()
  })

  it('gives the second run of an invocation its own folder', async () => {
    const c = at(0)
    const first = await openRun(input, c)
    const second = await openRun(input, c)
    expect(first.id).toBe(c.runId)
    expect(second.id).not.toBe(first.id)
    await first.end('OK')
    await second.end('OK')
    expect(await listRuns(c.paths)).toHaveLength(2)
  })

  it('knows no runs in a fresh project and skips one cut at birth', async () => {
    const { paths } = at(0)
    expect(await listRuns(paths)).toEqual([])
    await mkdir(join(runsFolder(paths), '01CUT'), { recursive: true })
    expect(await listRuns(paths)).toEqual([])
  })

  it('keeps what it writes to the user alone', async () => {
    const c = at(0)
    const run = await openRun(input, c)
    await run.end('OK')
    const file = join(runsFolder(c.paths), run.id, 'run.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file, 'utf8')).inputs).toEqual({ parallel: 2 })
  })
})
