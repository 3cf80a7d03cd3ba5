/** What an autoscaler compares a metric with; all quantities in thousandths, as the controller has them. */
export type Target =
  /** The metric as it is, of the whole pool (`Value`). */
  | { type: 'Value'; milli: number }
  /** The metric divided by the replicas (`AverageValue`). */
  | { type: 'AverageValue'; milli: number }
  /** CPU in percent of what the pods request (`Utilization` of a resource). */
  | { type: 'Utilization'; percent: number }

/** How a pool's pods use a resource; every pod requests the same. */
export interface Usage {
  requestMilli: number
  /** Of all pods that are ready and measured. */
  usedMilli: number
  measured: number
  /** Running, but without a measurement. */
  missing: number
  /** Pending, or not ready yet. */
  unready: number
}

/** What is read of a metric: a quantity, or the usage of the pods; undefined where it cannot be read. */
export type Reading = number | Usage | undefined

export interface Count {
  /** What the scale asks for, and what it has. */
  specReplicas: number
  statusReplicas: number
  /** Running and ready. */
  readyPods: number
}

/** Within [1 − down, 1 + up] of its target a metric moves nothing. */
export interface Tolerances {
  up: number
  down: number
}

/**
 * How many replicas one metric asks for; undefined where it cannot be read. The arithmetic of
 * `pkg/controller/podautoscaler/replica_calculator.go` of Kubernetes 1.35, to the last rounding.
 */
export function proposal(
  { target, reading }: { target: Target; reading: Reading },
  count: Count,
  tolerances: Tolerances,
): number | undefined {
  if (reading === undefined) return undefined
  if (typeof reading === 'object') {
    return target.type === 'Utilization' ? byUsage(target.percent, reading, { count, tolerances }) : undefined
  }
  if (target.type === 'Utilization') return undefined
  if (target.type === 'AverageValue') {
    const ratio = reading / (target.milli * count.statusReplicas)
    return isWithin(ratio, tolerances) ? count.statusReplicas : Math.ceil(reading / target.milli)
  }
  const ratio = reading / target.milli
  if (count.specReplicas === 0) return Math.ceil(ratio)
  return isWithin(ratio, tolerances) ? count.specReplicas : Math.ceil(ratio * count.readyPods)
}

function isWithin(ratio: number, { up, down }: Tolerances): boolean {
  return 1 - down <= ratio && ratio <= 1 + up
}

/**
 * Pods without a measurement count as fully used before the pool shrinks and as idle before it grows; pods that are
 * not ready count as idle before it grows. Where that turns the direction, nothing moves.
 */
function byUsage(
  target: number,
  usage: Usage,
  { count, tolerances }: { count: Count; tolerances: Tolerances },
): number | undefined {
  if (usage.measured === 0) return undefined
  const ratio = utilization(usage.usedMilli, usage.measured, usage) / target
  const growsWithUnready = usage.unready > 0 && ratio > 1
  if (!growsWithUnready && usage.missing === 0) {
    return isWithin(ratio, tolerances) ? count.specReplicas : Math.ceil(ratio * usage.measured)
  }
  const assumed = ratio < 1 ? Math.trunc((usage.requestMilli * Math.max(100, target)) / 100) : 0
  const added = ratio === 1 ? 0 : usage.missing
  const pods = usage.measured + added + (growsWithUnready ? usage.unready : 0)
  const corrected = utilization(usage.usedMilli + added * assumed, pods, usage) / target
  if (isWithin(corrected, tolerances) || isTurned(ratio, corrected)) return count.specReplicas
  const wanted = Math.ceil(corrected * pods)
  return isTurned(wanted / count.specReplicas, corrected) ? count.specReplicas : wanted
}

/** Whether one asks for more and the other for less. */
function isTurned(ratio: number, other: number): boolean {
  return (ratio < 1 && other > 1) || (ratio > 1 && other < 1)
}

/** In whole percent, cut off, as the controller has it. */
function utilization(usedMilli: number, pods: number, { requestMilli }: Usage): number {
  return Math.trunc((usedMilli * 100) / (requestMilli * pods))
}
