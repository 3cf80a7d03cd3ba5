import { Duration } from '../../units/duration.ts'
import type { Work } from '../work.ts'

/** What a cloud takes at worst to bring a machine; an assumption. */
const nodeProvisioning = Duration.parse('10m') ?? Duration.ms(0)

export interface RolloutWait {
  /** One step without progress for this long is a failed rollout. */
  progress: Duration
  create: Duration
  update: Duration
}

/**
 * How long a rollout may take. One step is a start-up, twice for safety, and a machine; on whole nodes it also waits
 * until the instance before has let its node go. An update of such a pool goes one by one over all instances.
 */
export function rolloutWait(work: Work, wholeNode: boolean, grace: Duration): RolloutWait {
  const start = 2 * work.startup.ms + nodeProvisioning.ms
  const step = wholeNode ? start + grace.ms : start
  const steps = wholeNode ? work.instances.maximum : 4
  return { progress: Duration.ms(step), create: Duration.ms(start), update: Duration.ms(steps * step) }
}
