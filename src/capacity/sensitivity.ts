import { type CapacityModel, gpuCarries, type HorizonPlan, planTotals } from './horizon.ts'
import type { Demand } from './growth.ts'
import { assumptionNames, assumptionOf, type ParameterName, specifiedNames } from './parameters.ts'
import { total } from './pools.ts'
import { middle } from './price-book.ts'

export interface Effect {
  monthlyPercent: number
  gpuNodes: number
  sfuInstances: number
}

/** What happens to the plan when one input alone is a fifth larger, or smaller. */
export interface Sensitivity {
  input: string
  value: number
  up: Effect
  down: Effect
}

interface Input {
  name: string
  value: number
  change: (factor: number) => { model: CapacityModel; demand: Demand }
}

/** All inputs, the one that moves the monthly cost most first; those that move nothing at all are left out. */
export function sensitivityOf(model: CapacityModel, demand: Demand): Sensitivity[] {
  const shared = { ...model, packed: model.packed ?? new Map() }
  const base = planTotals(shared, demand)
  const rows = inputsOf(shared, demand).map(({ name, value, change }): Sensitivity => {
    const effect = (factor: number): Effect => {
      const changed = change(factor)
      return effectOf(base, planTotals(changed.model, changed.demand))
    }
    return { input: name, value, up: effect(1.2), down: effect(0.8) }
  })
  return rows
    .filter(({ up, down }) => [up, down].some((effect) => Object.values(effect).some((part) => part !== 0)))
    .toSorted((left, right) => swing(right) - swing(left) || (left.input < right.input ? -1 : 1))
}

export function swing({ up, down }: Sensitivity): number {
  return Math.abs(up.monthlyPercent - down.monthlyPercent)
}

function inputsOf(model: CapacityModel, demand: Demand): Input[] {
  const { parameters } = model
  const { interviewsPerNode } = gpuCarries(parameters, demand)
  const steady = { ...model, parameters: { ...parameters, interviewsPerGpuNode: interviewsPerNode } }
  const names: ParameterName[] = [...specifiedNames, ...assumptionNames, 'rampPercentPerMinute']
  return [
    input('peakConcurrentInterviews', demand.peakConcurrentInterviews, (value) => ({
      model: steady,
      demand: { ...demand, peakConcurrentInterviews: Math.ceil(value) },
    })),
    input('monthlyInterviews', demand.monthlyInterviews, (value) => ({
      model: steady,
      demand: { ...demand, monthlyInterviews: Math.ceil(value) },
    })),
    input('interviewsPerGpuNode', interviewsPerNode, (value) => ({
      model: { ...model, parameters: { ...parameters, interviewsPerGpuNode: value } },
      demand,
    })),
    ...names.map((name) =>
      input(name, parameters[name], (value) => ({
        model: { ...steady, parameters: { ...steady.parameters, [name]: capped(name, value) } },
        demand,
      })),
    ),
    ...prices(steady, demand),
  ]
}

function prices(model: CapacityModel, demand: Demand): Input[] {
  const { nodes, storage, network } = model.prices
  const groups = { nodes, storage, network } as const
  return Object.entries(groups).flatMap(([group, items]) =>
    Object.entries(items).map(
      ([name, price]): Input => ({
        name: `prices.${group}.${name}`,
        value: middle(price),
        change: (factor) => {
          const changed = { ...price, low: price.low * factor, high: price.high * factor }
          return {
            model: { ...model, prices: { ...model.prices, [group]: { ...items, [name]: changed } } },
            demand,
          }
        },
      }),
    ),
  )
}

function input(name: string, value: number, make: (value: number) => ReturnType<Input['change']>): Input {
  return { name, value, change: (factor) => make(value * factor) }
}

/** A share stays below 100 %. */
function capped(name: ParameterName, value: number): number {
  const known = assumptionNames.find((candidate) => candidate === name)
  const atMost = known === undefined ? undefined : assumptionOf(known).atMost
  return Math.min(value, atMost ?? Number.POSITIVE_INFINITY)
}

function effectOf(base: HorizonPlan, changed: HorizonPlan): Effect {
  const before = middle(base.cost.monthly)
  const percent = before > 0 ? (middle(changed.cost.monthly) / before - 1) * 100 : 0
  return {
    monthlyPercent: Number(percent.toFixed(3)),
    gpuNodes: changed.gpu.needed - base.gpu.needed,
    sfuInstances: instances(changed, 'sfu') - instances(base, 'sfu'),
  }
}

function instances({ pools }: HorizonPlan, name: string): number {
  return total(pools.find(({ pool }) => pool === name)?.regions ?? [], (row) => row.instances)
}
