import { labels } from '../../names.ts'
import type { ShapeName } from '../../spec/schema/pool.ts'
import type { NodePlan } from '../region-plan.ts'

/**
 * Keeps everything else off the machines of a pool. The general ones stay open: the cluster's own add-ons
 * (DNS, metrics, ingress) need somewhere to run.
 */
export function shapeTaint(shape: ShapeName): NodePlan['taints'] {
  return shape === 'general' ? [] : [{ key: labels.shape, value: shape, effect: 'NoSchedule' }]
}
