import { poolNames, shapeNames } from '../spec/schema/pool.ts'
import type { CapacityModel, HorizonPlan } from './horizon.ts'
import { gpuCarries } from './horizon.ts'
import { planPools } from './pools.ts'

/** A value of the specification, by its dotted path. */
export interface Bound {
  path: string
  value: number
}

const minutesPerMonth = 730 * 60

/**
 * What a plan says about the bounds of the autoscalers, for the region that needs most. A maximum is the instances
 * that are planned. A minimum is what the mean load of the month takes by division, never below the one that is
 * there: what always runs, while the rest comes and goes. Node maxima are the nodes that are planned.
 */
export function plannedBounds(model: CapacityModel, { demand, pools, nodes }: HorizonPlan): Bound[] {
  const { specification, parameters } = model
  const { interviewsPerNode } = gpuCarries(parameters, demand)
  const mean = Math.ceil((demand.monthlyInterviews * parameters.interviewMinutes) / minutesPerMonth)
  const interviews = Math.min(mean, demand.peakConcurrentInterviews)
  const input = { specification, parameters, interviewsPerNode, interviews, survive: 'none' as const }
  const base = planPools(input)
  const instances = poolNames.flatMap((name): Bound[] => {
    const maximum = most(pools.find(({ pool }) => pool === name)?.regions ?? [], (row) => row.instances)
    const minimum = most(base.find(({ pool }) => pool === name)?.regions ?? [], (row) => row.floor)
    const path = `pools.${name}.instances`
    return [
      { path: `${path}.minimum`, value: Math.min(minimum, maximum) },
      { path: `${path}.maximum`, value: maximum },
    ]
  })
  const limits = shapeNames.flatMap((shape): Bound[] => {
    const value = most(
      nodes.filter((row) => row.shape === shape),
      (row) => row.nodes,
    )
    return value > 0 ? [{ path: `nodeShapes.${shape}.maximum`, value }] : []
  })
  return [...instances, ...limits]
}

function most<R>(rows: readonly R[], figure: (row: R) => number): number {
  return Math.max(0, ...rows.map(figure))
}
