import type { Clock } from './clock.ts'

export interface PollOptions {
  clock: Clock
  everyMs: number
  /** Counted from the call; without it only an answer or the signal ends the asking. */
  withinMs?: number
  /** Its reason is what the poll rejects with. */
  signal?: AbortSignal
}

/**
 * Asks at once and then again and again until there is an answer: anything but undefined. What rejects ends it.
 * @returns undefined when there was none in time.
 */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  options: PollOptions,
): Promise<T | undefined> {
  const { clock, everyMs, withinMs = Number.POSITIVE_INFINITY, signal } = options
  const end = clock.monotonicMs() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (clock.monotonicMs() >= end) return undefined
    await clock.sleep(everyMs, signal)
  }
}
