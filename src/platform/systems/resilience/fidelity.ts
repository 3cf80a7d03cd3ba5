import type { Fidelity, ObjectId } from '../system-plan.ts'

const breaker = 'Circuit Breaker Implementation'
const retry = 'Retry Strategy with Exponential Backoff'

export function resilienceFidelity(objects: readonly ObjectId[]): Fidelity[] {
  return [
    {
      demand: `${breaker}: failures before opening, time open, test requests, successes to close`,
      carried: 'exact',
      objects,
      reason:
        'kept in the calling process, where the fallback is; the reference policy is tested against the pseudo-code',
    },
    {
      demand: `${retry}: initial delay, multiplier, cap, ±10 % jitter`,
      carried: 'exact',
      objects,
      reason: 'kept in the calling process: Envoy’s back-off is full jitter and cannot do it',
    },
    {
      demand: 'Component Failure Handling: ASR timeout 3 s, then the fallback provider',
      carried: 'exact',
      objects,
      reason:
        'every failed request gets its fallback at once, in the conductor: the media server only forwards; the breaker only spares the pool',
    },
  ]
}
