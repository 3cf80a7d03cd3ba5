import { hasTolerance } from '../../spec/kubernetes-version.ts'
import type { Trigger } from '../../spec/schema/pool.ts'
import type { ScaledObject } from './kinds/keda.ts'
import { type MeasuredPool, versionOf } from './scaled-object.ts'
import { type Fidelity, idOf, type SystemContext } from './system-plan.ts'

const units: Readonly<Record<Trigger['metric'], string>> = {
  sessions: 'sessions',
  queueDepth: 'pending',
  gpuUtilization: '% GPU',
  cpuUtilization: '% CPU',
}

export interface ScaledRow {
  /** First column of the trigger table: `ASR Workers`. */
  row: string
  pool: MeasuredPool
  object: ScaledObject
}

/** A row of the trigger table on this cluster: exact either way, by tolerance or by formula. */
export function scalingFidelity(context: SystemContext, { row, pool, object }: ScaledRow): Fidelity {
  const { trigger, instances } = context.platform.specification.pools[pool]
  const { scaleOut, scaleIn } = trigger
  return {
    demand: `Scaling Triggers: ${row} >${scaleOut} / <${scaleIn} ${units[trigger.metric]}, at least ${instances.minimum}`,
    carried: 'exact',
    objects: [idOf(object)],
    reason: hasTolerance(versionOf(context))
      ? 'target is the scale-out threshold, tolerance per direction makes the band'
      : 'a formula makes the band, because this Kubernetes has one tolerance for both directions',
  }
}
