import { setTimeout as wait } from 'node:timers/promises'

/** The only place in `src/` that reads the time or waits. Everything else is handed a `Clock`. */
export interface Clock {
  /** Wall clock, for records and for people. */
  now(): Date
  /** Milliseconds since an arbitrary start; never goes backwards. For durations. */
  monotonicMs(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A signal that aborts after `ms`, with `reason`. `cancel` frees the timer. */
  deadline(ms: number, reason: Error): { signal: AbortSignal; cancel(): void }
  /** Calls `tick` every `ms` until `stop`. Never keeps the process alive by itself. */
  every(ms: number, tick: () => void): { stop(): void }
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal ? { signal } : {})
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
  deadline(ms, reason) {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(reason), ms)
    return { signal: controller.signal, cancel: () => clearTimeout(timer) }
  },
  every(ms, tick) {
    const timer = setInterval(tick, ms)
    timer.unref()
    return { stop: () => clearInterval(timer) }
  },
}
