import { Autoscaler, type AutoscalerRules, type Pace } from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Series, Sync } from '../../campaign/hpa/recording.ts'

export interface Difference {
  text: string
  /**
   * Whether it is gone with windows and periods half a second longer or shorter: the sync fell on the end of one, and
   * the recorder sees the controller's clock no better than that (from the reading it gave to the count that it saw).
   */
  atAnEnd: boolean
}

/** Seconds. */
const unseen = 0.5

/** What the model decides otherwise than the recorded controller. It is told what the controller did all the same. */
export function differences({ name, rules, syncs }: Series): Difference[] {
  const model = new Autoscaler(rules)
  const others = [unseen, -unseen].map((seconds) => new Autoscaler(shifted(rules, seconds)))
  return syncs.flatMap((sync) => {
    const decision = follow(model, sync)
    const atAnEnd = others.map((other) => follow(other, sync)).some((other) => isSame(sync, other))
    if (isSame(sync, decision)) return []
    const { at, count, readings, decided, limit } = sync
    const saw = `${JSON.stringify(count)} ${JSON.stringify(readings)}`
    const said = `controller ${decided} ${limit ?? ''}, model ${decision.replicas} ${decision.limit ?? ''}`
    return [{ text: `${name} at ${at} ms: ${saw}: ${said}`, atAnEnd }]
  })
}

type Decision = ReturnType<Autoscaler['decide']>

function follow(model: Autoscaler, { at, count, readings, decided, actedAt = at }: Sync): Decision {
  const decision = model.decide(at, count, readings)
  model.changed(actedAt, decided - count.specReplicas)
  return decision
}

function isSame({ decided, limit }: Sync, decision: Decision): boolean {
  return decision.replicas === decided && (limit === 'unknown' || decision.limit === limit)
}

function shifted(rules: AutoscalerRules, seconds: number): AutoscalerRules {
  const shift = (pace: Pace): Pace => ({
    ...pace,
    stabilizationWindowSeconds: Math.max(
      0,
      pace.stabilizationWindowSeconds + (pace.stabilizationWindowSeconds ? seconds : 0),
    ),
    policies: pace.policies.map((policy) => ({ ...policy, periodSeconds: policy.periodSeconds + seconds })),
  })
  return { ...rules, scaleUp: shift(rules.scaleUp), scaleDown: shift(rules.scaleDown) }
}
