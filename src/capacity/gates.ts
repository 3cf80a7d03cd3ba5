import type { Finding } from '../failure.ts'
import type { HorizonPlan } from './horizon.ts'
import type { CostPlan } from './cost.ts'

export interface Budget {
  /** Most that the high end of the monthly cost may be, before any saving. */
  maxMonthly: number | undefined
  /** Most that it may grow over the first row of the growth table, in percent. */
  maxIncreasePercent: number | undefined
}

/** What a plan is refused for; empty where it can be met. */
export function gatesOf(plan: HorizonPlan, budget: Budget, first: CostPlan): Finding[] {
  return [...gpuGate(plan), ...monthlyGate(plan, budget), ...increaseGate(plan, budget, first)]
}

function gpuGate({ gpu, demand, survive }: HorizonPlan): Finding[] {
  if (gpu.short === 0 || gpu.quota === undefined) return []
  return [
    {
      id: survive === 'none' ? 'capacity.gpu' : `capacity.gpu.survive-${survive}`,
      severity: 'error',
      message: `${demand.id}: ${gpu.needed} GPU nodes are needed and ${gpu.quota} granted: short ${gpu.short}, unless a node carries ${Number((gpu.wouldNeed ?? 0).toFixed(1))} interviews instead of ${Number(gpu.interviewsPerNode.toFixed(1))}`,
      actual: String(gpu.needed),
      limit: String(gpu.quota),
    },
  ]
}

function monthlyGate({ cost, demand }: HorizonPlan, { maxMonthly }: Budget): Finding[] {
  if (maxMonthly === undefined || cost.monthly.high <= maxMonthly) return []
  const over = Math.ceil(cost.monthly.high - maxMonthly)
  const low = Math.max(0, Math.ceil(cost.monthly.low - maxMonthly))
  return [
    {
      id: 'capacity.cost.monthly',
      severity: 'error',
      message: `${demand.id}: up to ${Math.ceil(cost.monthly.high)} ${cost.currency} a month is ${over} over the limit of ${maxMonthly}; at the low end it is ${low} over`,
      actual: String(Math.ceil(cost.monthly.high)),
      limit: String(maxMonthly),
    },
  ]
}

function increaseGate(
  { cost, demand }: HorizonPlan,
  { maxIncreasePercent }: Budget,
  first: CostPlan,
): Finding[] {
  if (maxIncreasePercent === undefined || first.monthly.high <= 0) return []
  const percent = (cost.monthly.high / first.monthly.high - 1) * 100
  if (percent <= maxIncreasePercent) return []
  return [
    {
      id: 'capacity.cost.increase',
      severity: 'error',
      message: `${demand.id}: the cost grows by ${percent.toFixed(1)} % over the first row, ${(percent - maxIncreasePercent).toFixed(1)} points more than allowed`,
      actual: `${percent.toFixed(1)} %`,
      limit: `${maxIncreasePercent} %`,
    },
  ]
}
