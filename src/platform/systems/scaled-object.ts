import { hasTolerance } from '../../spec/kubernetes-version.ts'
import type { PoolName, Trigger } from '../../spec/schema/pool.ts'
import { metricNamed } from '../metrics/catalogue.ts'
import { namespaceName } from '../names.ts'
import { type Band, bandFormula } from '../rules/band-formula.ts'
import { bandTolerance } from '../rules/band-tolerance.ts'
import { paceInOf, paceOut } from '../rules/scaling-pace.ts'
import { tierOf } from '../tiers.ts'
import type { PrometheusTrigger, ScaledObject } from './kinds/keda.ts'
import { type SystemContext, type SystemName, systemMetadata } from './system-plan.ts'

/** The pools whose load Kubernetes cannot read by itself. */
export type MeasuredPool = Exclude<PoolName, 'api'>

/** One measured number, and between which values of it the pool stays as it is. */
interface Signal extends Band {
  metric: string
  metricType: PrometheusTrigger['metricType']
}

/**
 * A pool on its own measurements. What is missing never counts as nothing: a query without an answer is an error
 * (KEDA would read it as 0), and after three of them in a row the pool stays as large as it is, or grows to its minimum.
 */
export function scaledObject(context: SystemContext, system: SystemName, pool: MeasuredPool): ScaledObject {
  const { platform, identity } = context
  const { pools, metrics } = platform.specification
  const { instances } = pools[pool]
  const isExact = hasTolerance(versionOf(context))
  const signals = signalsOf(pool, pools[pool].trigger, isExact)
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: systemMetadata(context, system, {
      name: pool,
      namespace: namespaceName(identity.platform, tierOf(pool)),
    }),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: pool },
      minReplicaCount: instances.minimum,
      maxReplicaCount: instances.maximum,
      fallback: { failureThreshold: 3, replicas: instances.minimum, behavior: 'currentReplicasIfHigher' },
      advanced: {
        restoreToOriginalReplicaCount: false,
        horizontalPodAutoscalerConfig: { behavior: behaviorOf(pool, signals, isExact) },
        ...(isExact ? {} : { scalingModifiers: { ...bandFormula(signals), metricType: 'Value' } }),
      },
      triggers: signals.map((signal) => ({
        type: 'prometheus',
        name: signal.name,
        metricType: signal.metricType,
        metadata: {
          serverAddress: metrics.server,
          query: metricNamed(identity.platform, signal.metric).query,
          threshold: String(signal.scaleOut),
          ignoreNullValues: 'false',
        },
      })),
    },
  }
}

export function versionOf({ platform, identity }: SystemContext): string {
  return platform.specification.regions[identity.region]?.kubernetesVersion ?? ''
}

/** Where two signals have two bands the wider one holds for both: the autoscaler has one tolerance for all metrics. */
function behaviorOf(
  pool: MeasuredPool,
  signals: readonly Signal[],
  isExact: boolean,
): ScaledObject['spec']['advanced']['horizontalPodAutoscalerConfig']['behavior'] {
  const scaleDown = paceInOf(pool)
  if (!isExact) return { scaleUp: paceOut, scaleDown }
  const widest = signals.toSorted(
    (left, right) => left.scaleIn / left.scaleOut - right.scaleIn / right.scaleOut,
  )
  const [band] = widest
  return {
    scaleUp: { ...paceOut, tolerance: '0' },
    scaleDown: { ...scaleDown, ...(band ? { tolerance: bandTolerance(band) } : {}) },
  }
}

/** The row of the trigger table, and what is measured beside it. */
function signalsOf(pool: MeasuredPool, trigger: Trigger, isExact: boolean): [Signal, ...Signal[]] {
  const { besides } = trigger
  const { scope } = trigger
  return [
    signalOf(pool, trigger, isExact),
    ...(besides ? [signalOf(pool, { ...besides, scope }, isExact)] : []),
  ]
}

/**
 * Per server, the autoscaler divides the sum by its own count of servers, which knows those that have only just
 * started. A formula cannot do that, so there the average is asked for.
 *
 * What is said of the pool is compared as it is (`Value`). Divided by the count, a queue of 11 over five workers would be 2 each, and
 * the pool would shrink.
 */
function signalOf(
  pool: MeasuredPool,
  { metric, scope, scaleOut, scaleIn }: Omit<Trigger, 'besides'>,
  isExact: boolean,
): Signal {
  const { name, measured } = signals[metric]
  const signal = { name, scaleOut, scaleIn }
  if (scope === 'pool') return { ...signal, metric: `${pool}-${measured}`, metricType: 'Value' }
  return isExact
    ? { ...signal, metric: `${pool}-${measured}`, metricType: 'AverageValue' }
    : { ...signal, metric: `${pool}-${measured}-per-server`, metricType: 'Value' }
}

/** By what the specification calls it: its name in a formula, and the end of its name in the metric catalogue. */
const signals: Readonly<Record<Trigger['metric'], { name: string; measured: string }>> = {
  sessions: { name: 'sessions', measured: 'sessions' },
  queueDepth: { name: 'pending', measured: 'pending' },
  gpuUtilization: { name: 'utilization', measured: 'gpu-utilization' },
  cpuUtilization: { name: 'utilization', measured: 'cpu' },
}
