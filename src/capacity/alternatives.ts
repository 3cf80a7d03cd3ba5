import type { Specification } from '../spec/schema/specification.ts'
import type { CapacityModel, HorizonPlan } from './horizon.ts'
import { planTotals } from './horizon.ts'
import type { Demand } from './growth.ts'
import { total } from './pools.ts'
import { middle, type Range } from './price-book.ts'
import { surviveModes, type Survive } from './survive.ts'
import { isFailure } from '../failure.ts'

export interface Alternative {
  survive: Survive
  monthly: Range
  afterStrategies: Range
  /** SFU sessions beyond the peak that the plan could take, in percent of it. */
  headroomPercent: number
  gpuNodesShort: number
  risk: string
}

const risks: Readonly<Record<Survive, string>> = {
  none: 'any loss at the peak refuses interviews',
  node: 'the loss of a zone or a region at the peak refuses interviews',
  zone: 'the loss of a region at the peak refuses interviews',
  region: 'two regions at once, or one that is lost while another is drained',
}

/** The same demand with every loss that can be survived: those the quota allows first, then the cheapest. */
export function alternativesOf(model: CapacityModel, demand: Demand): Alternative[] {
  return surviveModes
    .flatMap((survive) => {
      const plan = planned({ ...model, survive }, demand)
      return plan ? [alternative(plan, model.specification)] : []
    })
    .toSorted(
      (left, right) =>
        Number(left.gpuNodesShort > 0) - Number(right.gpuNodesShort > 0) ||
        middle(left.monthly) - middle(right.monthly),
    )
}

function planned(model: CapacityModel, demand: Demand): HorizonPlan | undefined {
  try {
    return planTotals(model, demand)
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}

function alternative(
  { survive, pools, demand, cost, gpu }: HorizonPlan,
  { pools: spec }: Specification,
): Alternative {
  const sfu = pools.find(({ pool }) => pool === 'sfu')
  const servers = total(sfu?.regions ?? [], (row) => row.instances)
  const room = servers * spec.sfu.trigger.scaleOut
  return {
    survive,
    monthly: cost.monthly,
    afterStrategies: cost.after,
    headroomPercent: Math.round((room / demand.peakConcurrentInterviews - 1) * 100),
    gpuNodesShort: gpu.short,
    risk: risks[survive],
  }
}
