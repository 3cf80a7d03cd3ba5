import { bandTolerance } from '../../platform/rules/band-tolerance.ts'
import { paceInOf, paceOut } from '../../platform/rules/scaling-pace.ts'
import type { PoolName, Trigger } from '../../spec/schema/pool.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import type { AutoscalerRules } from '../autoscaler/autoscaler.ts'
import type { Target } from '../autoscaler/proposal.ts'

type Band = Pick<Trigger, 'metric' | 'scaleOut' | 'scaleIn'>

/** The bands of a pool's trigger: its row of the table, and what is measured beside it. */
export function bandsOf({ besides, ...trigger }: Trigger): Band[] {
  return [trigger, ...(besides ? [besides] : [])]
}

/** The autoscaler of a pool as it is rendered for Kubernetes 1.35: same bands, same pace. */
export function autoscalerRules({ pools }: Specification, name: PoolName): AutoscalerRules {
  const { instances, trigger } = pools[name]
  const widest = bandsOf(trigger).toSorted(
    (left, right) => left.scaleIn / left.scaleOut - right.scaleIn / right.scaleOut,
  )[0]
  return {
    minReplicas: instances.minimum,
    maxReplicas: instances.maximum,
    metrics: bandsOf(trigger).map((band) => targetOf(trigger, band)),
    scaleUp: { ...paceOut, tolerance: '0' },
    scaleDown: { ...paceInOf(name), tolerance: bandTolerance(widest ?? trigger) },
  }
}

function targetOf({ scope }: Trigger, { metric, scaleOut }: Band): Target {
  if (metric === 'cpuUtilization') return { type: 'Utilization', percent: scaleOut }
  return { type: scope === 'pool' ? 'Value' : 'AverageValue', milli: scaleOut * 1000 }
}
