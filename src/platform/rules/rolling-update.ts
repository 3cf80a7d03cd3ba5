import type { RollingUpdate } from '../pod.ts'

/**
 * Never below the wanted count while updating. A pool that takes whole nodes needs a free node for that, one at a
 * time; where its shape keeps no spare node (eight GPUs are too dear to idle) it gives one instance up instead.
 */
export function rollingUpdate(wholeNode: boolean, spareNodes: number): RollingUpdate {
  if (!wholeNode) return { maxSurge: '25%', maxUnavailable: 0 }
  return spareNodes > 0 ? { maxSurge: 1, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: 1 }
}
