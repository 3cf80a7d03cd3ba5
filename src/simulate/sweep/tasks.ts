import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface TasksInput<Task> {
  /** The module that the threads run; it calls `serveTasks`. */
  entry: URL
  tasks: readonly Task[]
  /** What every task needs, sent once to each thread. */
  shared: unknown
  /** Threads, at least 1. */
  workers: number
  signal: AbortSignal
}

export type Answer = { index: number; result: unknown } | { index: number; error: string }

/**
 * Runs tasks in worker threads and gives their results in the order of the tasks, so that what is made of them does
 * not depend on the number of threads. Whoever stops listening stops the threads.
 * @throws what a task threw, when its turn comes; the signal's reason.
 */
export async function* runTasks<Task, Result>(input: TasksInput<Task>): AsyncGenerator<Result, void, void> {
  const { tasks, signal } = input
  signal.throwIfAborted()
  const count = Math.max(1, Math.min(input.workers, tasks.length))
  const workers = Array.from({ length: count }, () => new Worker(input.entry, { workerData: input.shared }))
  const answers = new Map<number, Answer>()
  let next = 0
  let wake = (): void => undefined
  let broken: Error | undefined
  const ends = (reason: Error): void => {
    broken = reason
    wake()
  }
  const give = (worker: Worker): void => {
    if (next < tasks.length) worker.postMessage({ index: next, task: tasks[next] })
    next += 1
  }
  const abort = (): void => ends(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
  signal.addEventListener('abort', abort)
  for (const worker of workers) {
    worker.on('message', (answer: Answer) => {
      answers.set(answer.index, answer)
      give(worker)
      wake()
    })
    worker.on('error', ends)
    give(worker)
  }
  try {
    for (let index = 0; index < tasks.length; index += 1) {
      while (!answers.has(index) && !broken) await new Promise<void>((resolve) => (wake = resolve))
      if (broken) throw broken
      const answer = answers.get(index)
      answers.delete(index)
      if (answer && 'error' in answer) throw new Error(answer.error)
      if (answer) yield answer.result as Result
    }
  } finally {
    signal.removeEventListener('abort', abort)
    await Promise.all(workers.map(stopped))
  }
}

async function stopped(worker: Worker): Promise<void> {
  const exit = once(worker, 'exit').catch(() => undefined)
  await worker.terminate()
  await exit
}
