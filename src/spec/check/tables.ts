import type { Duration } from '../../units/duration.ts'
import type { Conflict, Rule } from './rule.ts'

/** Two values of one row of which the first may not exceed the second. */
interface Pair {
  id: string
  row: string
  low: [key: string, value: Duration | number | string]
  high: [key: string, value: Duration | number | string]
}

const retries: Rule = (specification) =>
  Object.entries(specification.retries).flatMap(([name, { initialDelay, maxDelay }]) =>
    ordered({
      id: 'IV-RETRY-001',
      row: `retries.${name}`,
      low: ['initialDelay', initialDelay],
      high: ['maxDelay', maxDelay],
    }),
  )

const savings: Rule = ({ costStrategies }) =>
  Object.entries(costStrategies).flatMap(([name, { lowestPercent, highestPercent }]) =>
    ordered({
      id: 'IV-COST-001',
      row: `costStrategies.${name}`,
      low: ['lowestPercent', lowestPercent],
      high: ['highestPercent', highestPercent],
    }),
  )

const months: Rule = ({ milestones }) =>
  Object.entries(milestones).flatMap(([name, { from, until }]) =>
    ordered({
      id: 'IV-MILESTONE-001',
      row: `milestones.${name}`,
      low: ['from', from],
      high: ['until', until],
    }),
  )

const ramps: Rule = ({ scenarios }) =>
  Object.entries(scenarios).flatMap(([name, { ramp }]) =>
    ramp.flatMap(({ from, until }, index) =>
      ordered({
        id: 'IV-SCENARIO-001',
        row: `scenarios.${name}.ramp.${index}`,
        low: ['from', from],
        high: ['until', until],
      }),
    ),
  )

/** The steps of a recovery follow each other; what ends the wait for it comes last. */
const timeline: Rule = ({ recovery }) => {
  const steps: [string, Duration][] = [
    ...Object.entries(recovery.timeline).map(([key, at]): [string, Duration] => [`timeline.${key}`, at]),
    ['offerRescheduleAfter', recovery.offerRescheduleAfter],
  ]
  return steps.slice(1).flatMap((high, index) => {
    const low = steps[index]
    return low ? ordered({ id: 'IV-RECOVERY-001', row: 'recovery', low, high }) : []
  })
}

/** No breaker in use closes after another number of successes than it lets through: the rest would wait for ever. */
const testRequests: Rule = ({ circuitBreakers }) =>
  Object.entries(circuitBreakers).flatMap(([name, { closesAfterSuccesses, halfOpenRequests }]) => {
    if (closesAfterSuccesses === halfOpenRequests) return []
    const path = `circuitBreakers.${name}.closesAfterSuccesses`
    return [
      {
        id: 'IV-BREAKER-004',
        path,
        message: `${path} ${closesAfterSuccesses} is not halfOpenRequests ${halfOpenRequests}: a half-open breaker closes when all of its test requests have succeeded`,
        actual: String(closesAfterSuccesses),
        limit: `${halfOpenRequests} (circuitBreakers.${name}.halfOpenRequests)`,
      },
    ]
  })

export const tableRules: readonly Rule[] = [retries, savings, months, ramps, timeline, testRequests]

function ordered({ id, row, low, high }: Pair): Conflict[] {
  const [lowKey, lowValue] = low
  const [highKey, highValue] = high
  if (amount(lowValue) <= amount(highValue)) return []
  return [
    {
      id,
      path: `${row}.${lowKey}`,
      message: `${row}.${lowKey} ${lowValue.toString()} is above ${highKey} ${highValue.toString()}`,
      actual: lowValue.toString(),
      limit: `at most ${highValue.toString()} (${row}.${highKey})`,
    },
  ]
}

/** Months (`2025-07`) compare as numbers once the dash is out. */
function amount(value: Duration | number | string): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? Number(value.replace('-', '')) : value.ms
}
