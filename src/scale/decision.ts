import type { Trigger } from '../spec/schema/pool.ts'
import { type Autoscaler, conditionOf, type ScaledObject, valueOf } from './autoscaler.ts'

export type ScaleState =
  | 'holding'
  | 'growing'
  | 'shrinking'
  /** The band asks for more or fewer than policy, window or bounds allow now. */
  | 'limited'
  | 'paused'
  /** The autoscaler has no answer from its metrics: it then changes nothing. */
  | 'unknown'
  /** No autoscaler acts on it. */
  | 'unscaled'

export interface Decision {
  state: ScaleState
  /** Of the pool's first metric, in the unit of its trigger; null where it is not known. */
  value: number | null
  current: number | null
  desired: number | null
  minimum: number | null
  maximum: number | null
  /** RFC 3339; null where it has never scaled, as far as it remembers. */
  lastScale: string | null
  /** Since when the metric is unknown; null where it is known. */
  unknownSince: string | null
  /** One sentence: numbers first, then what holds it. */
  reason: string
}

/** Annotations by which people stop KEDA: the autoscaler is then removed or kept from one direction. */
const pauses = ['paused', 'paused-replicas', 'paused-scale-in', 'paused-scale-out'].map(
  (name) => `autoscaling.keda.sh/${name}`,
)

export interface DecisionInput {
  trigger: Trigger
  autoscaler: Autoscaler | undefined
  scaledObject: ScaledObject | undefined
}

type Seen = Omit<Decision, 'state' | 'reason'>

/** What the autoscaler of a pool does now and why, from what it says of itself; nothing is computed anew. */
export function decisionOf({ trigger, autoscaler, scaledObject }: DecisionInput): Decision {
  const pause = pauses.find((name) => scaledObject?.metadata.annotations?.[name] !== undefined)
  const seen = autoscaler ? seenBy(autoscaler) : nothing
  if (pause !== undefined) {
    return { ...seen, state: 'paused', reason: `${pause} is set on its ScaledObject` }
  }
  if (!autoscaler) return { ...seen, ...withoutAutoscaler(scaledObject) }
  const blindness = blindnessOf(autoscaler, scaledObject)
  if (blindness) {
    const { since, why } = blindness
    const reason = `${why}: nothing scales in`
    return { ...seen, value: null, state: 'unknown', unknownSince: since, reason }
  }
  return { ...seen, ...judge({ autoscaler, trigger, value: seen.value }) }
}

const nothing: Seen = {
  value: null,
  current: null,
  desired: null,
  minimum: null,
  maximum: null,
  lastScale: null,
  unknownSince: null,
}

function seenBy({ spec, status }: Autoscaler): Seen {
  const first = status?.currentMetrics?.find((metric) => metric !== null)
  return {
    value: (first ? valueOf(first) : undefined) ?? null,
    current: status?.currentReplicas ?? null,
    desired: status?.desiredReplicas ?? null,
    minimum: spec.minReplicas ?? 1,
    maximum: spec.maxReplicas,
    lastScale: status?.lastScaleTime ?? null,
    unknownSince: null,
  }
}

/** KEDA makes no autoscaler before its first answer from every metric. */
function withoutAutoscaler(
  scaledObject: ScaledObject | undefined,
): Pick<Decision, 'state' | 'unknownSince' | 'reason'> {
  if (!scaledObject) return { state: 'unscaled', unknownSince: null, reason: 'no autoscaler acts on it' }
  const ready = conditionOf(scaledObject, 'Ready')
  const why = ready?.status === 'False' ? `${ready.message ?? 'not ready'}; ` : ''
  return {
    state: 'unknown',
    unknownSince: ready?.lastTransitionTime ?? null,
    reason: `${why}KEDA has made no autoscaler yet: nothing scales`,
  }
}

/** Without an answer, or with KEDA's fallback in its place: the number that the autoscaler then sees is nobody's. */
function blindnessOf(
  autoscaler: Autoscaler,
  scaledObject: ScaledObject | undefined,
): { since: string | null; why: string } | undefined {
  const fallback = conditionOf(scaledObject, 'Fallback')
  const active = conditionOf(autoscaler, 'ScalingActive')
  if (fallback?.status !== 'True' && active?.status === 'True') return undefined
  const blind = fallback?.status === 'True' ? fallback : active
  return {
    since: blind?.lastTransitionTime ?? null,
    why: blind?.message ?? 'the autoscaler has not looked yet',
  }
}

interface Judged {
  autoscaler: Autoscaler
  trigger: Trigger
  value: number | null
}

function judge({ autoscaler, trigger, value }: Judged): Pick<Decision, 'state' | 'reason'> {
  const { currentReplicas = 0, desiredReplicas = 0 } = autoscaler.status ?? {}
  const place = placeOf(value, trigger)
  const change = `${currentReplicas} → ${desiredReplicas}`
  if (desiredReplicas > currentReplicas) return { state: 'growing', reason: `${place}: ${change}` }
  if (desiredReplicas < currentReplicas) return { state: 'shrinking', reason: `${place}: ${change}` }
  const limit = limitOf(autoscaler)
  const wantsOther = value !== null && (value > trigger.scaleOut || value < trigger.scaleIn)
  if (limit !== undefined && wantsOther) return { state: 'limited', reason: `${place}, and ${limit}` }
  return { state: 'holding', reason: place }
}

function placeOf(value: number | null, { scaleOut, scaleIn }: Trigger): string {
  if (value === null) return 'no value of its first metric'
  const shown = Number(value.toFixed(2))
  if (value > scaleOut) return `${shown} is above ${scaleOut}`
  if (value < scaleIn) return `${shown} is below ${scaleIn}`
  return `${shown} is between ${scaleIn} and ${scaleOut}`
}

/** In the words of the controller, which knows its windows and policies. */
function limitOf(autoscaler: Autoscaler): string | undefined {
  const able = conditionOf(autoscaler, 'AbleToScale')
  const limited = conditionOf(autoscaler, 'ScalingLimited')
  if (able?.reason === 'ScaleDownStabilized' || able?.reason === 'ScaleUpStabilized') return able.message
  return limited?.status === 'True' ? limited.message : undefined
}
