import type { PoolName } from '../../spec/schema/pool.ts'
import type { ScalingRules } from '../kubernetes.ts'

/** Out at once, to at most twice the count every 15 s: nobody waits while the load is there. */
export const paceOut: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Percent', value: 100, periodSeconds: 15 },
    { type: 'Pods', value: 4, periodSeconds: 15 },
  ],
}

/** In after five minutes for the load to come back, then a tenth a minute. */
const paceIn: ScalingRules = {
  stabilizationWindowSeconds: 300,
  selectPolicy: 'Max',
  policies: [
    { type: 'Percent', value: 10, periodSeconds: 60 },
    { type: 'Pods', value: 1, periodSeconds: 60 },
  ],
}

/** An SFU server drains for as long as its sessions last, and a GPU node takes minutes to come back: one at a time. */
const slowIn: ScalingRules = {
  stabilizationWindowSeconds: 600,
  selectPolicy: 'Max',
  policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
}

/** How fast a pool may shrink. Without a policy Kubernetes would take everything above the target at once. */
export function paceInOf(pool: PoolName): ScalingRules {
  return pool === 'sfu' || pool === 'llm' ? slowIn : paceIn
}
