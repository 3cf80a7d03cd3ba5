import { labels } from '../../names.ts'
import type { ShapeName } from '../../spec/schema/pool.ts'
import type { PodSpec, Toleration } from '../pod.ts'
import { shapeTaint } from './shape-taint.ts'

/** A pool runs on its node shape and on no other; GPU nodes also carry the taint that GPU operators set. */
export function shapePlacement(
  shape: ShapeName,
  gpus: number,
): Pick<PodSpec, 'nodeSelector' | 'tolerations'> {
  const own = shapeTaint(shape).map((taint): Toleration => ({ ...taint, operator: 'Equal' }))
  const gpu: Toleration[] =
    gpus > 0 ? [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }] : []
  return { nodeSelector: { [labels.shape]: shape }, tolerations: [...own, ...gpu] }
}
