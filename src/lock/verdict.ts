import { Failure } from '../failure.ts'
import { type Holder, holderText, isProvablyDead, isSameMachine } from './holder.ts'
import { leaseDurationMs, type LeaseState } from './lease.ts'

export type LockState =
  | 'free'
  /** Renewed within its duration, as far as its holder's clock can be trusted. */
  | 'held'
  /** Not renewed in time by this machine's clock, which may differ from the holder's: to be watched first. */
  | 'expired'
  /** Certainly nobody's: its process is gone, or the same clock says that it is over. */
  | 'abandoned'

export function lockState(lease: LeaseState, now: Date): LockState {
  const { holder } = lease
  if (!holder) return 'free'
  if (isProvablyDead(holder)) return 'abandoned'
  if (now.getTime() < Date.parse(lease.renewedAt) + leaseDurationMs) return 'held'
  return isSameMachine(holder) ? 'abandoned' : 'expired'
}

/** Why a region cannot be worked on now. */
export function lockedFailure(region: string, lease: LeaseState & { holder: Holder }, now: Date): Failure {
  const since = ageText(lease.acquiredAt, now)
  const renewed = ageText(lease.renewedAt, now)
  return new Failure(
    'LOCKED',
    `region ${region} is locked by ${holderText(lease.holder)} for ${since}, renewed ${renewed} ago`,
    {
      region,
      retryable: true,
      next: `wait for that run to end, or stop it with iv cancel ${lease.holder.runId}; iv lock status shows more`,
    },
  )
}

function ageText(iso: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(iso)) / 1000))
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
