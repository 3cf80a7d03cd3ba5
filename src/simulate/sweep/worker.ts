import { toFailure } from '../../failure.ts'
import { runTask } from './run-task.ts'
import { serveTasks } from './serve-tasks.ts'
import type { CaseAnswer, Task, WorkerInput } from './task.ts'

/** What a thread does with each case. */
serveTasks((shared: WorkerInput) => async (task: Task): Promise<CaseAnswer> => {
  try {
    return { result: await runTask(shared, task) }
  } catch (error) {
    const { code, message, next } = toFailure(error)
    return { failure: { code, message, next } }
  }
})
