import { bandTolerance } from '../../../src/platform/rules/band-tolerance.ts'
import { paceInOf, paceOut } from '../../../src/platform/rules/scaling-pace.ts'
import type { AutoscalerRules, Pace } from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Target } from '../../../src/simulate/autoscaler/proposal.ts'
import { type Stream, streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { type Pool, type PoolName, poolNames } from '../../../src/spec/schema/pool.ts'

interface Band {
  scaleOut: number
  scaleIn: number
}

/** An autoscaler that is recorded: a pool's own rules, and what its metrics will be. */
export interface Subject {
  name: string
  rules: AutoscalerRules
  bands: readonly Band[]
  script: Script
}

/** A sync every second instead of every fifteen, so every window and period is a fifteenth as well. */
const faster = 15

/** The six pools as the specification has them, each `variants` times with other luck. */
export function subjectsOf(
  pools: Readonly<Record<PoolName, Pool>>,
  { variants, seed }: { variants: number; seed: number },
): Subject[] {
  const stream = streamsOf(seed)
  return poolNames.flatMap((pool) =>
    Array.from({ length: variants }, (_, variant) => {
      const name = `${pool}-${variant + 1}`
      const { trigger } = pools[pool]
      const bands = [trigger, ...(trigger.besides ? [trigger.besides] : [])]
      const rules = rulesOf(pool, pools[pool], bands)
      const longest = rules.scaleDown.stabilizationWindowSeconds
      return { name, rules, bands, script: new Script(stream(name), { longest, offset: variant }) }
    }),
  )
}

function rulesOf(name: PoolName, pool: Pool, bands: readonly Band[]): AutoscalerRules {
  const widest = bands.toSorted((a, b) => a.scaleIn / a.scaleOut - b.scaleIn / b.scaleOut)[0] ?? pool.trigger
  const { metric, scope } = pool.trigger
  const targetOf = ({ scaleOut }: Band): Target => {
    if (metric === 'cpuUtilization') return { type: 'Utilization', percent: scaleOut }
    return { type: scope === 'pool' ? 'Value' : 'AverageValue', milli: scaleOut * 1000 }
  }
  return {
    minReplicas: pool.instances.minimum,
    // Enough for every kind of decision, and few enough for one machine.
    maxReplicas: Math.min(24, pool.instances.maximum),
    metrics: bands.map(targetOf),
    scaleUp: { ...sooner(paceOut), tolerance: '0' },
    scaleDown: { ...sooner(paceInOf(name)), tolerance: bandTolerance(widest) },
  }
}

function sooner({ selectPolicy, policies, stabilizationWindowSeconds }: Pace): Pace {
  return {
    stabilizationWindowSeconds: stabilizationWindowSeconds / faster,
    selectPolicy,
    policies: policies.map((policy) => ({ ...policy, periodSeconds: policy.periodSeconds / faster })),
  }
}

type Phase = 'threshold' | 'high' | 'low'

/** At, just above and just below each threshold for a while, then far above, then below for longer than the window. */
export class Script {
  readonly #stream: Stream
  readonly #phases: readonly [Phase, number][]
  #phase: number
  #left = 0

  constructor(stream: Stream, { longest, offset }: { longest: number; offset: number }) {
    this.#stream = stream
    this.#phases = [
      ['threshold', 10],
      ['high', 4],
      ['threshold', 8],
      ['low', longest + 12],
    ]
    this.#phase = 2 * offset - 1
  }

  /** Goes one sync on. */
  advance(): void {
    if (this.#left === 0) {
      this.#phase += 1
      this.#left = this.#current[1]
    }
    this.#left -= 1
  }

  /** The value of a metric in its own unit; undefined, now and then, where nobody can read it. */
  value({ scaleOut, scaleIn }: Band, scale: number): number | undefined {
    const stream = this.#stream
    if (stream.chance(0.03)) return undefined
    const [phase] = this.#current
    if (phase === 'high') return Math.round(scale * scaleOut * stream.uniformBetween(1.2, 4))
    if (phase === 'low') return Math.floor(scale * scaleIn * stream.uniform())
    const threshold = stream.chance(0.5) ? scaleOut : scaleIn
    return Math.max(0, scale * threshold + stream.integer(3) - 1)
  }

  get #current(): [Phase, number] {
    const index = Math.max(0, this.#phase) % this.#phases.length
    return this.#phases[index] ?? ['low', 1]
  }

  /** Pods that nobody has measured. */
  missing(): number {
    return this.#stream.chance(0.1) ? 1 + this.#stream.integer(2) : 0
  }
}
