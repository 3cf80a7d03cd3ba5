import { Changes, Recommendations } from './memory.ts'
import { type Count, proposal, type Reading, type Target, type Tolerances } from './proposal.ts'

/** One direction of a HorizontalPodAutoscaler's `behavior`. */
export interface Pace {
  stabilizationWindowSeconds: number
  selectPolicy: 'Max' | 'Min' | 'Disabled'
  policies: readonly { type: 'Percent' | 'Pods'; value: number; periodSeconds: number }[]
  /** A Kubernetes quantity; the controller's own 0.1 where it is absent. */
  tolerance?: string
}

export interface AutoscalerRules {
  minReplicas: number
  maxReplicas: number
  metrics: readonly Target[]
  scaleUp: Pace
  scaleDown: Pace
}

/** Why fewer replicas were added or taken away than the metrics and windows allow. */
export type Limit = 'ScaleUpLimit' | 'TooManyReplicas' | 'ScaleDownLimit' | 'TooFewReplicas'

export interface Decision {
  replicas: number
  /** What the metrics ask for; undefined where they decide nothing (unreadable, or the count is out of bounds). */
  proposed: number | undefined
  limit: Limit | undefined
}

/** `--horizontal-pod-autoscaler-tolerance`. */
const defaultTolerance = 0.1

/**
 * One HorizontalPodAutoscaler with behaviour, as `kube-controller-manager` 1.35 decides for it at every sync
 * (`pkg/controller/podautoscaler/horizontal.go`). It remembers what it recommended and what was changed.
 */
export class Autoscaler {
  readonly #rules: AutoscalerRules
  readonly #tolerances: Tolerances
  readonly #recommendations: Recommendations
  readonly #added: Changes
  readonly #removed: Changes

  constructor(rules: AutoscalerRules) {
    this.#rules = rules
    this.#tolerances = { up: toleranceOf(rules.scaleUp), down: toleranceOf(rules.scaleDown) }
    this.#recommendations = new Recommendations({
      up: 1000 * rules.scaleUp.stabilizationWindowSeconds,
      down: 1000 * rules.scaleDown.stabilizationWindowSeconds,
    })
    this.#added = new Changes(longestPeriod(rules.scaleUp))
    this.#removed = new Changes(longestPeriod(rules.scaleDown))
  }

  /** One sync whose decision is done at once. @param now milliseconds. @param readings one for each metric. */
  sync(now: number, count: Count, readings: readonly Reading[]): Decision {
    const decision = this.decide(now, count, readings)
    this.changed(now, decision.replicas - count.specReplicas)
    return decision
  }

  /** So many replicas were added, or, where it is negative, taken away: the rate policies count from now. */
  changed(now: number, by: number): void {
    if (by > 0) this.#added.store(now, by)
    if (by < 0) this.#removed.store(now, -by)
  }

  /** One sync; `changed` says what came of it. */
  decide(now: number, count: Count, readings: readonly Reading[]): Decision {
    const { minReplicas, maxReplicas } = this.#rules
    const current = count.specReplicas
    if (this.#recommendations.isEmpty) this.#recommendations.add(now, current)
    const unasked = { proposed: undefined, limit: undefined }
    // Nobody scales a pool that somebody has switched off.
    if (current === 0 && minReplicas > 0) return { replicas: 0, ...unasked }
    if (current > maxReplicas) return { replicas: maxReplicas, ...unasked }
    if (current < minReplicas) return { replicas: minReplicas, ...unasked }
    const proposed = this.#proposed(count, readings)
    if (proposed === undefined) return { replicas: current, ...unasked }
    const stable = this.#recommendations.stabilized(now, current, proposed)
    this.#recommendations.add(now, proposed)
    return { proposed, ...this.#limited(now, current, stable) }
  }

  /** The largest of what the metrics ask for. One that cannot be read never lets the pool shrink. */
  #proposed(count: Count, readings: readonly Reading[]): number | undefined {
    let largest = 0
    let unreadable = 0
    this.#rules.metrics.forEach((target, index) => {
      const wanted = proposal({ target, reading: readings[index] }, count, this.#tolerances)
      if (wanted === undefined) unreadable += 1
      else largest = Math.max(largest, wanted)
    })
    if (unreadable === this.#rules.metrics.length) return undefined
    return unreadable > 0 && largest < count.specReplicas ? undefined : largest
  }

  #limited(now: number, current: number, wanted: number): { replicas: number; limit: Limit | undefined } {
    const { minReplicas, maxReplicas } = this.#rules
    if (wanted > current) {
      const pace = Math.max(current, this.#paceUp(now, current))
      const most = Math.min(pace, maxReplicas)
      if (wanted <= most) return { replicas: wanted, limit: undefined }
      return { replicas: most, limit: maxReplicas > pace ? 'ScaleUpLimit' : 'TooManyReplicas' }
    }
    if (wanted < current) {
      const pace = Math.min(current, this.#paceDown(now, current))
      const least = Math.max(pace, minReplicas)
      if (wanted >= least) return { replicas: wanted, limit: undefined }
      return { replicas: least, limit: minReplicas < pace ? 'ScaleDownLimit' : 'TooFewReplicas' }
    }
    return { replicas: wanted, limit: undefined }
  }

  #paceUp(now: number, current: number): number {
    const rules = this.#rules.scaleUp
    if (rules.selectPolicy === 'Disabled') return current
    const limits = rules.policies.map(({ type, value, periodSeconds }) => {
      const before = this.#periodStart(now, current, periodSeconds)
      return type === 'Pods' ? before + value : Math.ceil(before * (1 + value / 100))
    })
    return rules.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits)
  }

  #paceDown(now: number, current: number): number {
    const rules = this.#rules.scaleDown
    if (rules.selectPolicy === 'Disabled') return current
    const limits = rules.policies.map(({ type, value, periodSeconds }) => {
      const before = this.#periodStart(now, current, periodSeconds)
      return type === 'Pods' ? before - value : Math.trunc(before * (1 - value / 100))
    })
    return rules.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits)
  }

  /** Both directions count: what was added within the period may be taken away on top of the policy. */
  #periodStart(now: number, current: number, periodSeconds: number): number {
    const period = 1000 * periodSeconds
    return current - this.#added.within(now, period) + this.#removed.within(now, period)
  }
}

function longestPeriod(rules: Pace): number {
  return 1000 * Math.max(0, ...rules.policies.map(({ periodSeconds }) => periodSeconds))
}

/** As a Kubernetes quantity (`0`, `0.5`, `572m`). The controller multiplies the digits by a power of ten, with its rounding. */
function toleranceOf({ tolerance }: Pace): number {
  if (tolerance === undefined) return defaultTolerance
  const milli = tolerance.endsWith('m')
    ? Number(tolerance.slice(0, -1))
    : Math.round(Number(tolerance) * 1000)
  return milli % 1000 === 0 ? milli / 1000 : milli * 0.001
}
