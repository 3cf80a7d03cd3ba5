import { parentPort, workerData } from 'node:worker_threads'
import type { Answer } from './tasks.ts'

/** The other end of `runTasks`: what a thread does with each task. `prepare` gets what all tasks share, once. */
export function serveTasks<Shared, Task>(
  prepare: (shared: Shared) => ((task: Task) => unknown) | Promise<(task: Task) => unknown>,
): void {
  const port = parentPort
  if (!port) throw new Error('serveTasks belongs to a worker thread')
  const ready = Promise.resolve(workerData as Shared).then(prepare)
  const answer = async ({ index, task }: { index: number; task: Task }): Promise<Answer> => {
    try {
      const work = await ready
      return { index, result: await work(task) }
    } catch (error) {
      return { index, error: error instanceof Error ? error.message : String(error) }
    }
  }
  port.on('message', (message: { index: number; task: Task }) => {
    void answer(message).then((reply) => port.postMessage(reply))
  })
}
