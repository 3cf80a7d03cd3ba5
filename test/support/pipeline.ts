import { execa } from 'execa'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const root = new URL('../..', import.meta.url).pathname

export interface Step {
  name: string
  run: string
  env: Readonly<Record<string, string>>
}

export interface Ended {
  name: string
  exitCode: number
  output: string
}

type Values = Readonly<Record<string, string>>

/** The commands of a job of a GitHub workflow, in order; `values` are what its expressions come to. */
export function githubSteps(text: string, job: string, values: Values): Step[] {
  interface RawStep {
    name?: string
    run?: string
    env?: Record<string, string>
  }
  const workflow = parse(text) as {
    env: Record<string, string>
    jobs: Record<string, { env?: Record<string, string>; steps: RawStep[] }>
  }
  const found = workflow.jobs[job]
  if (!found) throw new Error(`the workflow has no job ${job}`)
  const filled = (value: string): string =>
    String(value).replaceAll(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
      const known = values[expression]
      if (known === undefined) throw new Error(`no value for the expression ${expression}`)
      return known
    })
  return found.steps.flatMap(({ name = '', run, env }) => {
    if (run === undefined) return []
    const all = { ...workflow.env, ...found.env, ...env }
    const entries = Object.entries(all).map(([key, value]) => [key, filled(value)])
    return [{ name, run: filled(run), env: Object.fromEntries(entries) as Record<string, string> }]
  })
}

/** The script of a job of a GitLab pipeline, with what comes before each. */
export function gitlabSteps(text: string, job: string): Step[] {
  const pipeline = parse(text) as Record<
    string,
    { script?: string[]; variables?: Record<string, string> }
  > & {
    default: { before_script: string[] }
    variables: Record<string, string>
  }
  const { script = [], variables } = pipeline[job] ?? {}
  const env = { ...pipeline.variables, ...variables }
  return [...pipeline.default.before_script, ...script].map((run) => ({
    name: run.split('\n')[0] ?? '',
    run,
    env,
  }))
}

/**
 * Programs that stand for what is outside of a pipeline: `npm` installs nothing, because `iv` is the one under test;
 * `gh`, `curl` and `sleep` only note what they were asked for. `gh` finds the comment that it made before.
 */
export function makePrograms(folder: string): { path: string; calls: () => string[] } {
  const path = join(folder, 'bin')
  const log = join(folder, 'calls')
  mkdirSync(path, { recursive: true })
  writeFileSync(log, '')
  const put = (name: string, body: string): void => {
    writeFileSync(join(path, name), `#!/bin/sh\n${body}\n`)
    chmodSync(join(path, name), 0o755)
  }
  put('iv', `exec "${process.execPath}" "${join(root, 'bin/iv.js')}" "$@"`)
  for (const name of ['npm', 'sleep', 'curl']) put(name, `echo "${name} $*" >> "${log}"`)
  put(
    'gh',
    `case "$*" in *--paginate*) grep -q 'gh api --method POST' "${log}" && echo 42; exit 0;; esac\necho "gh $*" >> "${log}"`,
  )
  return {
    path,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
  }
}

/** Runs steps as a runner does: one shell each, until the first that fails; what one puts into GITHUB_ENV the next has. */
export async function runSteps(
  steps: readonly Step[],
  where: { cwd: string; env: Values; path: string },
): Promise<Ended[]> {
  const ended: Ended[] = []
  const later = join(where.env['RUNNER_TEMP'] ?? where.cwd, 'github-env')
  writeFileSync(later, '')
  for (const { name, run, env } of steps) {
    const added = readFileSync(later, 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
    const fromSteps = Object.fromEntries(
      added.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    const { exitCode = -1, all } = await execa('bash', ['-e', '-o', 'pipefail', '-c', run], {
      cwd: where.cwd,
      env: {
        ...where.env,
        ...env,
        ...fromSteps,
        GITHUB_ENV: later,
        PATH: `${where.path}:${process.env['PATH']}`,
      },
      all: true,
      reject: false,
      timeout: 300_000,
    })
    ended.push({ name, exitCode, output: all })
    if (exitCode !== 0) break
  }
  return ended
}
