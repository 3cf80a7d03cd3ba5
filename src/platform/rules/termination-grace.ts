import type { Specification } from '../../spec/schema/specification.ts'
import { Duration } from '../../units/duration.ts'
import { type WorkName, workOf } from '../work.ts'

/**
 * How long a stopping instance may finish. An SFU never gets less than the longest session and its margin: SIGTERM
 * is its drain, and the load balancer's 30 s are not an interview.
 */
export function terminationGrace(specification: Specification, name: WorkName): Duration {
  const specified = workOf(specification, name).terminationGrace
  if (name !== 'sfu') return specified
  const { maxDuration, shutdownMargin } = specification.sessions
  return Duration.ms(Math.max(specified.ms, maxDuration.ms + shutdownMargin.ms))
}
