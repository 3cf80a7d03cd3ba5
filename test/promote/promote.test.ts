import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RecorderHost } from '../../src/events/recorder.ts'
import { Failure } from '../../src/failure.ts'
import { promote, type PromoteInput } from '../../src/promote/promote.ts'
import type { PromoteData } from '../../src/promote/result.ts'
import { render } from '../../src/render/render.ts'
import type { Report } from '../../src/report/report.ts'
import { lastRun } from '../../src/runs/journal.ts'
import { promoteWriter } from '../../src/report/promote.ts'
import { plainStyle } from '../../src/report/style.ts'
import { Duration } from '../../src/units/duration.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { copyOf, type GitProject, makeGitProject } from '../support/git-project.ts'
import { ManualClock } from '../support/manual-clock.ts'

const head = 'name: interview\ndelivery: gitops\nregions: { eu-west: null }\n'
const changed = `${head}pools: { sfu: { image: "registry.example.com/sfu:2" } }\n`

let original: GitProject
let project: GitProject
let clock: ManualClock

/** Time passes as fast as somebody waits for it. */
class DozingClock extends ManualClock {
  override sleep(ms: number): Promise<void> {
    return this.advance(ms)
  }
}

let host: RecorderHost

async function renderInto(...regions: string[]): Promise<void> {
  const input = { environment: 'local', regions, folder: undefined, flavor: undefined, check: false }
  await render(input, testCollaborators(project.folder))
}

beforeAll(async () => {
  project = makeGitProject({ 'iv.yaml': head, '.gitignore': '.iv\n' })
  await renderInto('all')
  project.commit('everything')
  project.write('iv.yaml', changed)
  await renderInto('us-west')
  project.commit('a new image, in us-west')
  original = project
})
afterAll(() => original.remove())

beforeEach(async () => {
  project = copyOf(original)
  clock = new DozingClock()
  await clock.advance(20 * 60_000)
  host = new RecorderHost([true])
})
afterEach(() => project.remove())

const base = { environment: 'local', from: 'us-west', to: 'us-east', bake: undefined, wait: false } as const
const down = (): Promise<never> => Promise.reject(new Failure('OPERATION', 'connection refused'))

function run(input: Partial<PromoteInput> = {}): Promise<Report<PromoteData>> {
  const c = { ...testCollaborators(project.folder, { clock, host }), connect: down }
  return promote({ file: undefined, ...base, access: {}, ...input }, c)
}

const commits = (): number => Number(project.git('rev-list', '--count', 'HEAD'))

describe('promote', { timeout: 20_000 }, () => {
  test('commits the tree of the next region, and nothing else, after its gates', async () => {
    project.write('notes.txt', 'of no concern\n')
    const { data, outcome } = await run()
    expect(outcome).toBeUndefined()
    expect(data).toMatchObject({ from: 'local/us-west', to: 'local/us-east', branch: 'main', files: 1 })
    expect(data.commit).toBe(project.git('rev-parse', 'HEAD').trim())
    expect(project.git('show', '--name-only', '--format=%s').trim().split('\n')).toEqual([
      expect.stringMatching(/^Promote local\/us-east to sha256:[0-9a-f]{12}, from local\/us-west$/),
      '',
      'gitops/local/.iv-rendered',
      'gitops/local/us-east/30-workloads/interview-media/deployment-sfu.yaml',
    ])
    expect(project.git('status', '--porcelain').trim()).toBe('?? notes.txt')
    expect(data.gates.map(({ id, verdict }) => `${id} ${verdict}`).slice(0, 3)).toEqual([
      'local/us-west has it allow',
      'local/us-west baked allow',
      'local/us-west drift unknown',
    ])
    expect(promoteWriter.text(data, plainStyle)).toMatch(
      /committed 1 files of local\/us-east to main: [0-9a-f]{12}/,
    )
    expect(await lastRun(testCollaborators(project.folder).paths)).toMatchObject({
      command: 'promote',
      outcome: 'OK',
    })
  })

  test('goes no further until the first has baked, says until when, and waits only if told to', async () => {
    const { outcome, data, error } = await run({ bake: Duration.seconds(3600) })
    expect(outcome).toBe('UNKNOWN')
    expect(data.gates[1]).toMatchObject({ verdict: 'defer', until: '2026-01-01T01:00:00.000Z' })
    expect(error?.next).toBe('ask again after 2026-01-01T01:00:00.000Z')
    expect(commits()).toBe(2)
    const { data: waited } = await run({ bake: Duration.seconds(3600), wait: true })
    expect(waited.commit).not.toBeNull()
    expect(clock.now().toISOString()).toBe('2026-01-01T01:00:00.000Z')
  })

  test('goes no further where the first does not have it, or a gate denies', async () => {
    const behind = await run({ from: 'us-east', to: 'us-west' })
    expect(behind).toMatchObject({ outcome: 'POLICY', data: { commit: null } })
    expect(behind.error?.message).toContain('local/us-east has it deny: 1 files differ')
    project.write('iv.yaml', `${changed}affinity: { failover: { sessionDrainTimeout: 30s } }\n`)
    await renderInto('us-west')
    project.commit('a promise that cannot hold')
    const denied = await run()
    expect(denied).toMatchObject({
      outcome: 'POLICY',
      error: { message: expect.stringContaining('IV-DRAIN-001') },
    })
    expect(host.questions).toEqual([])
  })

  test('commits nothing where the next region has it already, or somebody says no', async () => {
    host = new RecorderHost([false])
    await expect(run()).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(commits()).toBe(2)
    host = new RecorderHost([true])
    await run()
    expect((await run()).data).toMatchObject({ files: 0, commit: null })
    expect(commits()).toBe(3)
  })

  test('leaves the tree as it was where git will not commit', async () => {
    const hook = join(project.folder, '.git/hooks/pre-commit')
    project.write('.git/hooks/pre-commit', '#!/bin/sh\necho "signed commits only" >&2\nexit 1\n')
    chmodSync(hook, 0o755)
    await expect(run()).rejects.toMatchObject({
      code: 'OPERATION',
      message: expect.stringContaining('signed commits'),
    })
    expect(project.git('status', '--porcelain').trim()).toBe('')
    expect(readFileSync(join(project.folder, 'iv.yaml'), 'utf8')).toBe(changed)
  })
})

describe('promote refuses', { timeout: 20_000 }, () => {
  test('a detached head: the commit would belong to no branch', async () => {
    project.git('checkout', '--quiet', '--detach')
    await expect(run()).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('detached'),
    })
  })

  test.each([
    ['the specification', 'iv.yaml'],
    ['a tree', 'gitops/local/us-east/mine.yaml'],
  ])('%s that is not committed', async (_, path) => {
    project.write(path, `${changed}# mine\n`)
    await expect(run()).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining(path) })
  })

  test('an environment that iv itself delivers', async () => {
    project.write('iv.yaml', 'name: interview\n')
    project.commit('back')
    await expect(run()).rejects.toMatchObject({ code: 'REFUSED', next: expect.stringContaining('iv deploy') })
  })

  test.each([
    ['a place that is not there', { to: 'us-eats' }, 'NOT_FOUND'],
    ['a region of an environment that is not there', { to: 'staging/us-east' }, 'NOT_FOUND'],
    ['a place in itself', { to: 'us-west' }, 'USAGE'],
  ])('%s', async (_, input, code) => {
    await expect(run(input)).rejects.toMatchObject({ code })
  })
})
