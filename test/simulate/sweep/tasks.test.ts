import { describe, expect, it } from 'vitest'
import { runTasks } from '../../../src/simulate/sweep/tasks.ts'

const squares = new URL('../../fixtures/workers/squares.ts', import.meta.url)
const crash = new URL('../../fixtures/workers/crash.ts', import.meta.url)

const input = (tasks: readonly number[], workers: number, signal = new AbortController().signal) => ({
  entry: squares,
  tasks,
  shared: { offset: 1 },
  workers,
  signal,
})

async function collect(results: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const result of results) all.push(result)
  return all
}

describe('tasks in worker threads', () => {
  it.each([1, 2, 3])('give their results in the order of the tasks, with %d threads', async (workers) => {
    const tasks = Array.from({ length: 8 }, (_, index) => index)
    const results = await collect(runTasks(input(tasks, workers)))
    expect(results).toEqual(tasks.map((task) => task * task + 1))
  })

  it('none gives none', async () => {
    expect(await collect(runTasks(input([], 2)))).toEqual([])
  })

  it('one that throws ends the rest, after what came before it', async () => {
    const seen: unknown[] = []
    const all = async (): Promise<void> => {
      for await (const result of runTasks(input([1, 2, -3, 4], 2))) seen.push(result)
    }
    await expect(all()).rejects.toThrow('no square of -3')
    expect(seen).toEqual([2, 5])
  })

  it('a thread that breaks is an error, not a wait for ever', async () => {
    const all = collect(runTasks({ ...input([1], 1), entry: crash }))
    await expect(all).rejects.toThrow('out of the blue')
  })

  it('stop with the signal, and with who listens', async () => {
    const abort = new AbortController()
    const results = runTasks(input([1, 2, 3, 4], 2, abort.signal))
    expect((await results.next()).value).toBe(2)
    abort.abort(new Error('enough'))
    await expect(results.next()).rejects.toThrow('enough')
    const others = runTasks(input([1, 2, 3], 1))
    await others.next()
    await others.return()
    expect(await others.next()).toEqual({ done: true, value: undefined })
  })
})
