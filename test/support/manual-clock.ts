import type { Clock } from '../../src/clock.ts'

interface Timer {
  dueMs: number
  everyMs: number | undefined
  fire: () => void
}

/** A clock that moves only when told to. Starts at 2026-01-01T00:00:00Z. */
export class ManualClock implements Clock {
  #nowMs = 0
  readonly #timers = new Set<Timer>()

  now(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs)
  }

  monotonicMs(): number {
    return this.#nowMs
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.#start(ms, undefined, resolve)
      const abort = (): void => {
        this.#timers.delete(timer)
        reject(signal?.reason)
      }
      if (signal?.aborted) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    })
  }

  deadline(ms: number, reason: Error): { signal: AbortSignal; cancel(): void } {
    const controller = new AbortController()
    const timer = this.#start(ms, undefined, () => controller.abort(reason))
    return { signal: controller.signal, cancel: () => this.#timers.delete(timer) }
  }

  every(ms: number, tick: () => void): { stop(): void } {
    const timer = this.#start(ms, ms, tick)
    return { stop: () => this.#timers.delete(timer) }
  }

  /** Moves time on, firing what is due in order. Lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const target = this.#nowMs + ms
    for (;;) {
      const next = [...this.#timers].toSorted((a, b) => a.dueMs - b.dueMs)[0]
      if (!next || next.dueMs > target) break
      this.#nowMs = next.dueMs
      if (next.everyMs === undefined) this.#timers.delete(next)
      else next.dueMs += next.everyMs
      next.fire()
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#nowMs = target
    await new Promise((resolve) => setImmediate(resolve))
  }

  get pending(): number {
    return this.#timers.size
  }

  #start(ms: number, everyMs: number | undefined, fire: () => void): Timer {
    const timer = { dueMs: this.#nowMs + ms, everyMs, fire }
    this.#timers.add(timer)
    return timer
  }
}
