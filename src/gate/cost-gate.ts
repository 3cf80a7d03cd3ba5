import { planToday } from '../capacity/today.ts'
import { increasePercent } from '../diff/cost-meaning.ts'
import { money } from '../report/capacity-words.ts'
import type { Candidate, Gate } from './verdict.ts'

/** Whether what it costs stays within what was agreed. Nothing was agreed where no limit is named. */
export const costGate: Gate = (candidate) => {
  const { platform, prices, past } = candidate
  const cost = planToday(platform, prices)?.cost
  const { maxMonthly, maxIncrease } = limitsOf(candidate)
  if (maxMonthly === undefined && maxIncrease === undefined) {
    return {
      verdict: 'unknown',
      reason: 'no limit is named: gates.maxMonthlyUsd or gates.maxIncreasePercent',
    }
  }
  if (!cost) return { verdict: 'unknown', reason: 'the growth table has no row' }
  if (prices.currency !== 'USD') {
    return { verdict: 'unknown', reason: `the limits are in USD, the prices in ${prices.currency}` }
  }
  const range = `${money(cost.monthly, prices.currency)} a month`
  const assumed = `${Math.round(cost.assumedShare * 100)} % of it by assumed prices`
  if (maxMonthly !== undefined && cost.monthly.high > maxMonthly) {
    return {
      verdict: 'deny',
      reason: `${range}, ${assumed}: up to ${Math.ceil(cost.monthly.high - maxMonthly)} over the limit of ${maxMonthly}`,
    }
  }
  if (maxIncrease === undefined)
    return { verdict: 'allow', reason: `${range}, ${assumed}: within ${maxMonthly}` }
  const before = past && planToday(past, prices)?.cost.monthly
  if (!before) return { verdict: 'unknown', reason: `${range}, and nothing to compare the increase with` }
  const percent = increasePercent(before, cost.monthly)
  const grows = `${range}, ${percent.toFixed(1)} % more than before`
  if (percent > maxIncrease) return { verdict: 'deny', reason: `${grows}: ${maxIncrease} % are allowed` }
  return { verdict: 'allow', reason: `${grows}, ${assumed}` }
}

/** A flag is said for this run, over the specification. */
function limitsOf({ platform, input }: Candidate): {
  maxMonthly: number | undefined
  maxIncrease: number | undefined
} {
  const { gates } = platform.specification
  return {
    maxMonthly: input.maxMonthlyUsd ?? gates.maxMonthlyUsd,
    maxIncrease: input.maxIncreasePercent ?? gates.maxIncreasePercent,
  }
}
