import type { Task, TaskResult } from './task.ts'
import type { Varied } from './vary.ts'

export interface Found {
  task: Task
  result: TaskResult
}

interface ShrinkInput {
  varied: readonly Varied[]
  fails: (result: TaskResult) => boolean
  run: (task: Task) => Promise<TaskResult>
  signal: AbortSignal
}

/**
 * Between the values that were tried there may be a smaller one that fails already: each whole number is halved
 * towards the value before it, with the same seed, as long as the case still fails.
 */
export async function shrink(found: Found, input: ShrinkInput): Promise<Found & { runs: number }> {
  let best = found
  let runs = 0
  for (const [index, varied] of input.varied.entries()) {
    let high = valueOf(best.task.settings[index])
    let low = before(varied, high)
    while (low !== undefined && high - low > 1) {
      input.signal.throwIfAborted()
      const middle = Math.floor((low + high) / 2)
      const settings = best.task.settings.with(index, `${varied.key}=${middle}`)
      const task = { ...best.task, settings }
      const result = await input.run(task)
      runs += 1
      if (input.fails(result)) {
        best = { task, result }
        high = middle
      } else low = middle
    }
  }
  return { ...best, runs }
}

function valueOf(setting: string | undefined): number {
  return Number(setting?.slice(setting.indexOf('=') + 1))
}

/** The next smaller value of a range that was tried; undefined where there is none. */
function before({ values, isWhole }: Varied, value: number): number | undefined {
  if (!isWhole) return undefined
  return values.map(Number).findLast((one) => one < value)
}
