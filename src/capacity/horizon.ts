import type { Specification } from '../spec/schema/specification.ts'
import { type CostPlan, planCost } from './cost.ts'
import type { Demand, Growth } from './growth.ts'
import { type Limit, limitsOf } from './limits.ts'
import { type Packed, planNodes, type ShapeNodes } from './nodes.ts'
import type { Parameters } from './parameters.ts'
import { type PoolFigures, planPools, total } from './pools.ts'
import type { PriceBook } from './price-book.ts'
import { planStorage, type StoragePlan } from './storage.ts'
import type { Survive } from './survive.ts'
import { type Copies, kindsOf, requireSurvivable } from './topology.ts'

/** Everything that a plan is made from. The same model gives the same plan. */
export interface CapacityModel {
  specification: Specification
  growth: Growth
  parameters: Parameters
  prices: PriceBook
  survive: Survive
  boughtSpeech: boolean
  /** Shared by plans that differ in numbers only, never in the specification. */
  packed?: Packed
}

export interface GpuPlan {
  /** Interviews that a node carries, and where the figure comes from. */
  interviewsPerNode: number
  basis: string
  /** Nodes that are needed by division, with the loss that is to be survived. */
  needed: number
  quota: number | undefined
  /** Of the quota; 0 when it is enough or none is named. */
  short: number
  /** What a node would have to carry for the quota to be enough; undefined where it is. */
  wouldNeed: number | undefined
}

export interface HorizonPlan {
  demand: Demand
  survive: Survive
  pools: readonly PoolFigures[]
  gpu: GpuPlan
  nodes: readonly ShapeNodes[]
  storage: StoragePlan
  network: { peakGbps: number; egressTerabytes: number }
  cost: CostPlan
  limits: readonly Limit[]
}

/** The same totals in less time: one row for all regions that are alike. */
export function planTotals(model: CapacityModel, demand: Demand): HorizonPlan {
  return planHorizon(model, demand, kindsOf(model.specification))
}

export function planHorizon(model: CapacityModel, demand: Demand, copies?: Copies): HorizonPlan {
  const { specification, parameters, survive } = model
  requireSurvivable(specification, survive)
  const { interviewsPerNode, basis } = gpuCarries(parameters, demand)
  const interviews = demand.peakConcurrentInterviews
  const pools = planPools({ specification, parameters, interviewsPerNode, interviews, survive, copies })
  const regionPools = pools.flatMap(({ regions }) => regions)
  const nodes = planNodes(model, regionPools)
  const storage = planStorage(model, demand)
  const network = networkOf(parameters, demand)
  const gpu = { interviewsPerNode, basis, ...gpuNeed(model, pools, { demand, interviewsPerNode }) }
  const cost = planCost({ ...model, ...network, demand, pools, nodes, storage })
  const limits = limitsOf({ specification, parameters, demand, pools, nodes, gpu })
  return {
    demand,
    survive,
    pools,
    gpu,
    nodes,
    storage,
    network,
    cost,
    limits,
  }
}

/** The table implies 20 and then 25 interviews per node without a reason, so the figure is an input of its own. */
export function gpuCarries(p: Parameters, demand: Demand): { interviewsPerNode: number; basis: string } {
  if (p.interviewsPerGpuNode !== undefined)
    return { interviewsPerNode: p.interviewsPerGpuNode, basis: '--set' }
  if (demand.gpuNodes === undefined)
    return { interviewsPerNode: p.gpuInterviewsFallback, basis: 'assumption' }
  return { interviewsPerNode: demand.peakConcurrentInterviews / demand.gpuNodes, basis: 'growth table' }
}

/** Without a loss the whole platform is divided, as the table was made; a loss is survived region by region. */
function gpuNeed(
  { parameters, survive }: CapacityModel,
  pools: readonly PoolFigures[],
  { demand, interviewsPerNode }: { demand: Demand; interviewsPerNode: number },
): Omit<GpuPlan, 'interviewsPerNode' | 'basis'> {
  const llm = pools.find(({ pool }) => pool === 'llm')
  const summed = total(llm?.regions ?? [], ({ surviveFloor }) => surviveFloor)
  const needed = survive === 'none' ? (llm?.floor ?? 0) : summed
  const quota = parameters.gpuNodeQuota ?? demand.gpuNodes
  const short = quota === undefined ? 0 : Math.max(0, needed - quota)
  const wouldNeed = short > 0 && quota !== undefined ? (interviewsPerNode * needed) / quota : undefined
  return { needed, quota, short, wouldNeed }
}

function networkOf(p: Parameters, demand: Demand): { peakGbps: number; egressTerabytes: number } {
  const megabits = demand.monthlyInterviews * p.interviewMinutes * 60 * p.egressMbps
  return {
    peakGbps: (demand.peakConcurrentInterviews * p.egressMbps) / 1000,
    egressTerabytes: megabits / 8 / 1e6,
  }
}
