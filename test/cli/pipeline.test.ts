import { execa } from 'execa'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findGo } from '../../src/toolchain/go.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { type GitProject, makeGitProject } from '../support/git-project.ts'
import { iv } from '../support/iv.ts'
import { type Ended, githubSteps, gitlabSteps, makePrograms, runSteps } from '../support/pipeline.ts'

/** Pipelines as `iv init` writes them, run command by command as their runners do, in repositories of their own. */

const timeout = 120_000
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

interface World {
  project: GitProject
  programs: ReturnType<typeof makePrograms>
  env: Record<string, string>
  workflow: string
  temp: string
}

/** A repository with its pipeline on main, and a remote that takes what is pushed. */
async function makeWorld(specification: string, ...flags: string[]): Promise<World> {
  const project = makeGitProject({ 'iv.yaml': specification, '.gitignore': '.iv\n' })
  const temp = mkdtempSync(join(tmpdir(), 'iv-pipeline-'))
  folders.push(project.folder, temp)
  const bare = join(temp, 'origin.git')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  project.git('remote', 'add', 'origin', bare)
  await iv(['init', '--env', 'local', ...flags], { cwd: project.folder })
  const runner = join(temp, 'runner')
  mkdirSync(runner)
  const env = {
    CI: 'true',
    RUNNER_TEMP: runner,
    GITHUB_STEP_SUMMARY: join(runner, 'summary.md'),
    GITHUB_REPOSITORY: 'example/platform',
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  const workflow = (path: string): string => readFileSync(join(project.folder, path), 'utf8')
  const text = flags.includes('github') ? workflow('.github/workflows/iv.yaml') : workflow('.gitlab-ci.yml')
  return { project, programs: makePrograms(temp), env, workflow: text, temp: runner }
}

const head = 'name: interview\nregions: { eu-west: null, us-west: null }\n'
const expressions = {
  'vars.IV_PACKAGE': 'iv',
  'github.base_ref': 'main',
  'github.token': 'token',
  'github.event.pull_request.number': '7',
  'secrets.KUBECONFIG': 'apiVersion: v1',
}

describe('the review of a pull request', { timeout }, () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(head, '--ci', 'github')
    world.project.commit('base')
    world.project.git('push', '--quiet', 'origin', 'main')
  }, timeout)

  async function review(name: string, text: string): Promise<{ ended: Ended[]; comment: string }> {
    const { project, programs, env, workflow, temp } = world
    project.git('checkout', '--quiet', '-B', name, 'main')
    project.write('iv.yaml', text)
    project.commit(name)
    const steps = githubSteps(workflow, 'review', expressions)
    const ended = await runSteps(steps, { cwd: project.folder, env, path: programs.path })
    const comment = ended.some((step) => step.name === 'Diff')
      ? readFileSync(join(temp, 'diff.md'), 'utf8')
      : ''
    return { ended, comment }
  }

  test('of a harmless change goes through, and the comment says what it means', async () => {
    const { ended, comment } = await review(
      'harmless',
      `${head}pools: { sfu: { instances: { maximum: 32 } } }\n`,
    )
    expect(ended.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['Install iv', 0],
      ['Validate', 0],
      ['Diff', 0],
      ['Comment, updated in place', 0],
      ['Gate', 0],
    ])
    expect(comment).toContain('| sfu maximum | 30 | 32 | +2 media nodes, +')
    expect(readFileSync(world.env['GITHUB_STEP_SUMMARY'] ?? '', 'utf8')).toContain(
      '| evidence | ❔ unknown | no |',
    )
  })

  test('of a risky one ends with 5 and the reason, and updates the same comment', async () => {
    const { ended, comment } = await review('risky', `${head}pools: { sfu: { instances: { minimum: 1 } } }\n`)
    expect(ended.at(-1)).toMatchObject({ name: 'Gate', exitCode: 5 })
    expect(ended.at(-1)?.output).toContain('IV-POLICY-102 pools.sfu.instances.minimum: 3 → 1 takes 67 %')
    expect(comment).toContain('| sfu minimum | 3 | 1 | -2 media nodes, -')
    const comments = world.programs.calls().filter((call) => call.startsWith('gh api'))
    expect(comments.map((call) => call.split(' ')[3])).toEqual(['POST', 'PATCH'])
    expect(comments[1]).toContain('repos/example/platform/issues/comments/42')
  })

  test('of a broken one ends with 2 before anything else is asked', async () => {
    const { ended } = await review('broken', `${head}pools: { sfu: { instances: { minimum: many } } }\n`)
    expect(ended.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['Install iv', 0],
      ['Validate', 2],
    ])
    expect(ended.at(-1)?.output).toContain('iv.yaml:3:')
  })
})

const gitops =
  'name: interview\ndelivery: gitops\ngitops: { flavor: argocd, bake: 1ms }\nregions: { eu-west: null }\n'

test('a change reaches the next region by promotion, in the order of the workflow', { timeout }, async () => {
  const { project, programs, env, workflow } = await makeWorld(gitops, '--ci', 'github', '--gitops', 'argocd')
  await iv(['render'], { cwd: project.folder })
  project.commit('base')
  project.write('iv.yaml', `${gitops}pools: { sfu: { image: "registry.example.com/sfu:2" } }\n`)
  await iv(['render', '--region', 'us-west'], { cwd: project.folder })
  project.commit('a new image')
  project.git('push', '--quiet', 'origin', 'main')
  const [only, ...more] = [...workflow.matchAll(/- from: (\S+)\n +to: (\S+)/g)]
  expect(more).toEqual([])
  const steps = githubSteps(workflow, 'promote', {
    ...expressions,
    'matrix.step.from': only?.[1] ?? '',
    'matrix.step.to': only?.[2] ?? '',
  })
  const ended = await runSteps(steps, { cwd: project.folder, env, path: programs.path })
  expect(ended.at(-1)).toMatchObject({ name: 'Promote', exitCode: 0 })
  expect(project.git('log', '-1', '--format=%s', 'origin/main')).toContain('Promote local/us-east to sha256:')
  expect(project.git('show', '--name-only', '--format=', 'HEAD').trim().split('\n')).toHaveLength(2)
})

test('the merge request of a GitLab pipeline is reviewed by the same commands', { timeout }, async () => {
  const { project, programs, env, workflow } = await makeWorld(gitops, '--ci', 'gitlab', '--gitops', 'flux')
  await iv(['render'], { cwd: project.folder })
  const base = project.commit('base')
  project.git('checkout', '--quiet', '--detach')
  const variables = { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, IV_COMMENT_TOKEN: '' }
  const ended = await runSteps(gitlabSteps(workflow, 'review'), {
    cwd: project.folder,
    env: { ...env, ...variables },
    path: programs.path,
  })
  expect(ended.filter(({ exitCode }) => exitCode !== 0)).toEqual([])
  expect(readFileSync(join(project.folder, 'gate.xml'), 'utf8')).toContain(
    '<testsuites name="iv gate" tests="8"',
  )
})

test('actionlint finds nothing in the workflows', { timeout: 600_000 }, async () => {
  const one = await makeWorld(head, '--ci', 'github')
  const two = await makeWorld(gitops, '--ci', 'github', '--gitops', 'argocd')
  const files = [one, two].map(({ project }) => join(project.folder, '.github/workflows/iv.yaml'))
  const program = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'
  const c = testCollaborators(one.project.folder, { environment: process.env })
  const { path: go } = await findGo('kwok', c)
  const lint = (...args: string[]) =>
    execa(go, ['run', program, '-no-color', ...args], { reject: false, timeout: 590_000, all: true })
  expect(await lint(...files)).toMatchObject({ exitCode: 0, all: '' })
  one.project.write(
    'wrong.yaml',
    readFileSync(files[0] ?? '', 'utf8').replace('runs-on: ubuntu-latest', 'runs-no: x'),
  )
  expect((await lint(join(one.project.folder, 'wrong.yaml'))).exitCode).toBe(1)
})
