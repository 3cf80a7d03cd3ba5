import { gatesOf } from '../capacity/gates.ts'
import { planToday } from '../capacity/today.ts'
import type { Gate } from './verdict.ts'

/** Whether today's demand fits: every pool within its maximum, and the GPU nodes within what is granted. */
export const capacityGate: Gate = ({ platform, prices }) => {
  const plan = planToday(platform, prices)
  if (!plan) return { verdict: 'unknown', reason: 'the growth table has no row' }
  const { pools } = platform.specification
  const short = plan.pools.flatMap(({ pool, regions }) =>
    regions
      .filter(({ instances }) => instances > pools[pool].instances.maximum)
      .map(
        ({ region, instances }) =>
          `${pool} in ${region} needs ${instances}, its maximum is ${pools[pool].instances.maximum}`,
      ),
  )
  const granted = gatesOf(plan, { maxMonthly: undefined, maxIncreasePercent: undefined }, plan.cost)
  const [first, ...more] = [...short, ...granted.map(({ message }) => message)]
  const { peakConcurrentInterviews } = plan.demand
  if (first === undefined) {
    return {
      verdict: 'allow',
      reason: `today’s peak of ${peakConcurrentInterviews} interviews fits every pool`,
    }
  }
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`
  return {
    verdict: 'deny',
    reason: `today’s peak of ${peakConcurrentInterviews} interviews: ${first}${rest}`,
  }
}
