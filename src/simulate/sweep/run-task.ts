import { failuresOf } from '../failures.ts'
import { outcomeOf } from '../outcome.ts'
import { prepare } from '../prepare.ts'
import type { Task, TaskResult, WorkerInput } from './task.ts'

/** Runs one case from its settings; the same wherever it runs. */
export async function runTask({ load, paths, environment }: WorkerInput, task: Task): Promise<TaskResult> {
  const set = [...(load.set ?? []), ...task.settings]
  const { input } = await prepare({ ...load, set }, { paths, environment })
  const run = outcomeOf({ ...input, seed: task.seed })
  return { verdict: run.verdict, failed: failuresOf(run), digest: run.digest }
}
