/** A fault put into the source, and the test that must fail because of it. */
export interface Mutant {
  name: string
  file: string
  /** Exactly once in the file. */
  search: string
  replace: string
  check: string
}

const kernel = 'src/simulate/kernel'
const autoscaler = 'src/simulate/autoscaler'
const checks = {
  kernel: 'test/simulate/kernel/kernel.test.ts',
  numbers: 'test/simulate/kernel/numbers.test.ts',
  streams: 'test/simulate/kernel/streams.test.ts',
  statistics: 'test/simulate/kernel/statistics.test.ts',
  servers: 'test/simulate/kernel/servers.test.ts',
  autoscaler: 'test/simulate/autoscaler/autoscaler.test.ts',
  recorded: 'test/simulate/autoscaler/recorded.test.ts',
}

export const mutants: readonly Mutant[] = [
  {
    name: 'events of one time rise past each other',
    file: `${kernel}/kernel.ts`,
    search: 'if (above <= time) break',
    replace: 'if (above < time) break',
    check: checks.kernel,
  },
  {
    name: 'events of one time sink past each other',
    file: `${kernel}/kernel.ts`,
    search: 'if (leastTime === time && (order[leastSlot] as number) > own) break',
    replace: '',
    check: checks.kernel,
  },
  {
    name: 'a stale handle cancels somebody else',
    file: `${kernel}/kernel.ts`,
    search: ' || this.#subject[handle] !== subject',
    replace: '',
    check: checks.kernel,
  },
  {
    name: 'the clock does not reach the end of a run',
    file: `${kernel}/kernel.ts`,
    search: 'if (handled < atMost && until < Infinity && until > this.#now) this.#now = until',
    replace: '',
    check: checks.kernel,
  },
  {
    name: 'a generator that is not xoshiro128**',
    file: `${kernel}/streams.ts`,
    search: '(this.#d << 11) | (this.#d >>> 21)',
    replace: '(this.#d << 12) | (this.#d >>> 20)',
    check: checks.streams,
  },
  {
    name: 'a logarithm with the last digits gone',
    file: `${kernel}/numbers.ts`,
    search: '- exponent * ln2Low))',
    replace: '))',
    check: checks.numbers,
  },
  {
    name: 'a percentile one rank too high',
    file: `${kernel}/histogram.ts`,
    search: 'if (rank <= seen) return Math.min(this.#largest',
    replace: 'if (rank < seen) return Math.min(this.#largest',
    check: checks.statistics,
  },
  {
    name: 'a mean over time with the new value for the time before',
    file: `${kernel}/time-average.ts`,
    search: 'this.#area += this.#value * (now - this.#changed)',
    replace: 'this.#area += value * (now - this.#changed)',
    check: checks.statistics,
  },
  {
    name: 'a line that forgets who stood before',
    file: `${kernel}/lines.ts`,
    search: 'else this.#previous[after] = before',
    replace: 'else this.#previous[after] = none',
    check: checks.servers,
  },
  {
    name: 'one more than there is room for',
    file: `${kernel}/servers.ts`,
    search: 'if (this.lines.length >= this.#room)',
    replace: 'if (this.lines.length > this.#room)',
    check: checks.servers,
  },
  {
    name: 'a value at its threshold acts',
    file: `${autoscaler}/proposal.ts`,
    search: 'return 1 - down <= ratio && ratio <= 1 + up',
    replace: 'return 1 - down < ratio && ratio < 1 + up',
    check: checks.autoscaler,
  },
  {
    name: 'pods that only start count as serving',
    file: `${autoscaler}/proposal.ts`,
    search: 'Math.ceil(ratio * count.readyPods)',
    replace: 'Math.ceil(ratio * count.specReplicas)',
    check: checks.recorded,
  },
  {
    name: 'a rate policy that forgets the other direction',
    file: `${autoscaler}/autoscaler.ts`,
    search: ' + this.#removed.within(now, period)',
    replace: '',
    check: checks.recorded,
  },
  {
    name: 'a rate policy that rounds up what it leaves',
    file: `${autoscaler}/autoscaler.ts`,
    search: 'Math.trunc(before * (1 - value / 100))',
    replace: 'Math.ceil(before * (1 - value / 100))',
    check: checks.recorded,
  },
  {
    name: 'a metric that cannot be read lets the pool shrink',
    file: `${autoscaler}/autoscaler.ts`,
    search: 'return unreadable > 0 && largest < count.specReplicas ? undefined : largest',
    replace: 'return largest',
    check: checks.autoscaler,
  },
]
