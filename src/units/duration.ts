const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof unitMs

export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/** A length of time. Immutable; written `90s`, `15m`, `2h`, `7d`; exact to the millisecond. */
export class Duration {
  readonly ms: number

  private constructor(ms: number) {
    this.ms = ms
  }

  static ms(ms: number): Duration {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`not a duration: ${ms} ms`)
    return new Duration(ms)
  }

  static seconds(seconds: number): Duration {
    return Duration.ms(seconds * 1000)
  }

  /** @returns undefined unless the whole text is one number with one unit. */
  static parse(text: string): Duration | undefined {
    const match = durationPattern.exec(text)
    if (!match) return undefined
    const ms = Number(match[1]) * unitMs[match[2] as Unit]
    return Number.isInteger(ms) ? new Duration(ms) : undefined
  }

  get seconds(): number {
    return this.ms / 1000
  }

  /** Whole seconds, rounded up: Kubernetes fields such as `terminationGracePeriodSeconds` take no fractions. */
  get secondsCeil(): number {
    return Math.ceil(this.seconds)
  }

  toString(): string {
    const units = ['d', 'h', 'm', 's'] as const
    const unit = units.find((candidate) => this.ms > 0 && this.ms % unitMs[candidate] === 0) ?? 'ms'
    return this.ms === 0 ? '0s' : `${this.ms / unitMs[unit]}${unit}`
  }

  toJSON(): string {
    return this.toString()
  }
}
