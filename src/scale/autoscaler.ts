/** The parts of `autoscaling/v2` HorizontalPodAutoscaler that a decision is read from. */
export interface Autoscaler {
  metadata: { name: string; namespace: string }
  spec: {
    minReplicas?: number
    maxReplicas: number
    scaleTargetRef: { kind: string; name: string }
  }
  status?: {
    currentReplicas?: number
    desiredReplicas: number
    lastScaleTime?: string
    currentMetrics?: readonly (CurrentMetric | null)[] | null
    conditions?: readonly Condition[]
  }
}

export interface CurrentMetric {
  type: string
  external?: { metric: { name: string }; current: Current }
  resource?: { name: string; current: Current }
}

interface Current {
  value?: string
  averageValue?: string
  averageUtilization?: number
}

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: string
}

/** The parts of KEDA's ScaledObject that stop an autoscaler, or feed it something else than what is measured. */
export interface ScaledObject {
  metadata: { name: string; namespace: string; annotations?: Readonly<Record<string, string>> }
  status?: { conditions?: readonly Condition[] | null }
}

/** What the autoscaler saw last of one metric, in its own unit; undefined where it has seen nothing. */
export function valueOf({ external, resource }: CurrentMetric): number | undefined {
  const current = external?.current ?? resource?.current
  if (current?.averageUtilization !== undefined) return current.averageUtilization
  const text = current?.averageValue ?? current?.value
  return text === undefined ? undefined : numberOf(text)
}

/** `7500m` is 7.5: autoscalers write thousandths and nothing smaller, and large values in powers of ten. */
function numberOf(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(m|k|M|G)?$/.exec(text)
  if (!match) return undefined
  const factors: Readonly<Record<string, number>> = { m: 1e-3, k: 1e3, M: 1e6, G: 1e9 }
  return Number(match[1]) * (factors[match[2] ?? ''] ?? 1)
}

export function conditionOf(
  object: { status?: { conditions?: readonly Condition[] | null } } | undefined,
  type: string,
): Condition | undefined {
  return object?.status?.conditions?.find((condition) => condition.type === type)
}
