import type { Collaborators } from '../../collaborators.ts'
import { Failure } from '../../failure.ts'
import { suggestion } from '../../nearest.ts'
import type { Report } from '../../report/report.ts'
import type { LoadInput } from '../../spec/load.ts'
import { livenessChecks } from '../criteria/liveness.ts'
import { safetyChecks } from '../model/history.ts'
import { prepare } from '../prepare.ts'
import type { Scenario } from '../scenario/load.ts'
import { runTask } from './run-task.ts'
import { shrink } from './shrink.ts'
import type { CaseAnswer, Task, TaskResult, WorkerInput } from './task.ts'
import { runTasks } from './tasks.ts'
import { combinations, readVaried } from './vary.ts'

export interface SweepInput {
  load: LoadInput & { scenario: string }
  vary: readonly string[]
  seeds: number
  workers: number
  /** Criteria and checks that count; all of them if empty. */
  only: readonly string[]
}

export interface FailingCase {
  settings: readonly string[]
  seed: number
  failed: readonly string[]
  digest: string
  /** The one command that runs it again. */
  command: string
}

export interface SweepData {
  scenario: string
  varied: readonly { key: string; values: readonly string[] }[]
  seeds: number
  /** Runs that were made to come to the answer, those for shrinking included. */
  runs: number
  cases: number
  smallest: FailingCase | null
}

/**
 * Looks for the smallest case that fails: combinations nearest to all first values first, every seed of one before
 * the next; what is found is then made smaller between the values that were tried.
 * @throws {Failure} USAGE for input that cannot be read.
 */
export async function sweep(
  input: SweepInput,
  c: Pick<Collaborators, 'paths' | 'environment' | 'signal' | 'host'>,
): Promise<Report<SweepData>> {
  const varied = input.vary.map(readVaried)
  const cases = combinations(varied)
  const { platform, scenario } = await prepare(
    { ...input.load, set: [...(input.load.set ?? []), ...(cases[0] ?? [])] },
    c,
  )
  requireNames(input.only, scenario)
  const seeds = Array.from({ length: input.seeds }, (_, index) => index + 1)
  const tasks = cases.flatMap((settings) => seeds.map((seed): Task => ({ settings, seed })))
  const shared = { load: input.load, paths: c.paths, environment: c.environment }
  const fails = (result: TaskResult): boolean => failedOf(result, input.only).length > 0
  const results = await untilFirst(tasks, fails, { input, shared, c })
  const last = results.at(-1)
  const found = last && fails(last) ? tasks[results.length - 1] : undefined
  const shrunk =
    found && last
      ? await shrink(
          { task: found, result: last },
          { varied, fails, signal: c.signal, run: (task) => runTask(shared, task) },
        )
      : undefined
  const smallest = shrunk ? caseOf(input, shrunk) : null
  const data: SweepData = {
    scenario: scenario.name,
    varied: varied.map(({ key, values }) => ({ key, values })),
    seeds: input.seeds,
    runs: results.length + (shrunk?.runs ?? 0),
    cases: cases.length,
    smallest,
  }
  const error = smallest ? missed(data, smallest) : undefined
  return {
    kind: 'SimulationSweep',
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
    data,
    ...(error ? { outcome: 'MISSED' as const, error } : {}),
  }
}

interface Threads {
  input: SweepInput
  shared: WorkerInput
  c: Pick<Collaborators, 'signal' | 'host'>
}

/** Results in the order of the tasks, up to and including the first that fails. */
async function untilFirst(
  tasks: readonly Task[],
  fails: (result: TaskResult) => boolean,
  { input: { workers }, shared, c: { signal, host } }: Threads,
): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  for await (const answer of runTasks<Task, CaseAnswer>({
    entry: workerUrl(),
    tasks,
    shared,
    workers,
    signal,
  })) {
    if ('failure' in answer) {
      const { code, message, next } = answer.failure
      throw new Failure(code, message, next === undefined ? {} : { next })
    }
    results.push(answer.result)
    host.notify('simulate.sweep-progress', { done: results.length, of: tasks.length })
    if (fails(answer.result)) break
  }
  return results
}

/** In the bundle the thread's code is an entry of its own beside the chunks; in the sources it is the next file. */
function workerUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? './worker.ts' : '../workers/simulate.js', import.meta.url)
}

function failedOf({ verdict, failed }: TaskResult, only: readonly string[]): readonly string[] {
  if (verdict === 'pass') return []
  return only.length === 0 ? failed : failed.filter((name) => only.includes(name))
}

function requireNames(only: readonly string[], { criteria }: Scenario): void {
  const names = [...criteria.map(({ metric }) => metric), ...safetyChecks, ...livenessChecks]
  const unknown = only.find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new Failure('USAGE', `--only ${unknown}: the scenario judges nothing of that name`, {
    next: suggestion(unknown, names),
  })
}

function caseOf(input: SweepInput, { task, result }: { task: Task; result: TaskResult }): FailingCase {
  const { scenario, environment, file, set: shared = [] } = input.load
  const set = [...shared, ...task.settings]
  const words = [
    'iv simulate',
    scenario,
    `--seed ${task.seed}`,
    ...(environment === 'local' ? [] : [`--env ${environment}`]),
    ...(file === undefined ? [] : [`--config ${quoted(file)}`]),
    ...set.map((setting) => `--set ${quoted(setting)}`),
  ]
  return {
    settings: task.settings,
    seed: task.seed,
    failed: failedOf(result, input.only),
    digest: result.digest,
    command: words.join(' '),
  }
}

/** As a shell reads it back. */
function quoted(text: string): string {
  return /^[\w./=,:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function missed({ scenario }: SweepData, { command, failed }: FailingCase): Failure {
  return new Failure('MISSED', `${scenario} fails: ${failed.join(', ')}`, { next: command })
}
