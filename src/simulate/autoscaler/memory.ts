interface Change {
  at: number
  by: number
}

/**
 * Past changes in one direction. The controller puts a new one in the place of the last that its own direction's
 * policies no longer need, though the other direction may still count it, and so does this.
 */
export class Changes {
  readonly #longest: number
  readonly #kept: Change[] = []
  readonly #outdated: boolean[] = []

  constructor(longestPeriod: number) {
    this.#longest = longestPeriod
  }

  store(now: number, by: number): void {
    this.#kept.forEach(({ at }, index) => {
      if (at < now - this.#longest) this.#outdated[index] = true
    })
    const place = this.#outdated.lastIndexOf(true)
    const index = place < 0 ? this.#kept.length : place
    this.#kept[index] = { at: now, by }
    this.#outdated[index] = false
  }

  within(now: number, period: number): number {
    let sum = 0
    for (const { at, by } of this.#kept) if (at > now - period) sum += by
    return sum
  }
}

/** What was recommended before the windows and policies had their say, for as long as a window can look back. */
export class Recommendations {
  readonly #kept: { at: number; replicas: number }[] = []
  readonly #windows: { up: number; down: number }

  constructor(windows: { up: number; down: number }) {
    this.#windows = windows
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0
  }

  add(now: number, replicas: number): void {
    const longest = Math.max(this.#windows.up, this.#windows.down)
    while ((this.#kept[0]?.at ?? now) < now - longest) this.#kept.shift()
    this.#kept.push({ at: now, replicas })
  }

  /**
   * Out only as far as the lowest recommendation of the up window, in only as far as the highest of the down window;
   * the new one counts in both.
   */
  stabilized(now: number, current: number, wanted: number): number {
    let up = wanted
    let down = wanted
    for (const { at, replicas } of this.#kept) {
      if (at > now - this.#windows.up) up = Math.min(up, replicas)
      if (at > now - this.#windows.down) down = Math.max(down, replicas)
    }
    return Math.min(Math.max(current, up), down)
  }
}
