import { instancesPerNode } from '../platform/capacity.ts'
import { poolNames, type PoolName } from '../spec/schema/pool.ts'
import { ceilSafe, type ModelInput, type PoolModel, poolModels } from './pool-models.ts'
import { afterNodeLoss, afterZoneLoss, type Survive } from './survive.ts'
import { type Copies, type PoolPlace, placesOf } from './topology.ts'

export interface RegionPool extends PoolPlace {
  pool: PoolName
  /** By division, at least the pool's minimum; for `normal` interviews. */
  floor: number
  /** The same for `worst`, and for the loss of a node or zone. */
  surviveFloor: number
  /** With waiting and hashing considered, for `worst`. */
  queueAware: number
  /** With what arrives during one start-up on the steepest ramp, and the loss that is to be survived. */
  instances: number
}

export interface PoolFigures {
  pool: PoolName
  /** By division over the whole platform, at least the minimum of one region: the figure of the growth table. */
  floor: number
  regions: readonly RegionPool[]
  models: { floor: string; queueAware: string; instances: string }
}

export interface PoolsInput extends ModelInput {
  interviews: number
  survive: Survive
  copies?: Copies | undefined
}

export function planPools(input: PoolsInput): PoolFigures[] {
  const models = poolModels(input)
  return poolNames.map((pool) => figuresOf(input, pool, remembering(models[pool])))
}

function figuresOf(input: PoolsInput, pool: PoolName, model: PoolModel): PoolFigures {
  const { specification, interviews, survive, parameters, copies } = input
  const { instances, startup } = specification.pools[pool]
  const seconds = startup.seconds + parameters.nodeStartSeconds
  const rise = (parameters.rampPercentPerMinute / 100) * (seconds / 60)
  const perNode = nodeShare(input, pool)
  const atLeast = (count: number): number => Math.max(instances.minimum, count)
  return {
    pool,
    floor: atLeast(model.floor(interviews)),
    regions: placesOf(specification, pool, { interviews, survive, copies }).map((place) => {
      const withLoss = (needed: number): number => afterLoss(needed, { survive, perNode, zones: place.zones })
      const ahead = ceilSafe(place.worst * (1 + rise))
      return {
        ...place,
        pool,
        floor: atLeast(model.floor(place.normal)),
        surviveFloor: atLeast(withLoss(model.floor(place.worst))),
        queueAware: atLeast(model.queueAware(place.worst)),
        instances: atLeast(withLoss(atLeast(model.queueAware(ahead)))),
      }
    }),
    models: {
      ...model.describe,
      instances: `queue-aware for ${Number((rise * 100).toPrecision(2))} % more (${seconds} s to start, ramp ${Number(parameters.rampPercentPerMinute.toPrecision(3))} % of the peak per minute), survives ${survive === 'none' ? 'no loss' : `a ${survive}`}`,
    },
  }
}

function afterLoss(
  needed: number,
  { survive, perNode, zones }: { survive: Survive; perNode: number; zones: number },
): number {
  if (survive === 'node') return afterNodeLoss(needed, perNode)
  return survive === 'zone' ? afterZoneLoss(needed, zones) : needed
}

function nodeShare({ specification }: PoolsInput, name: PoolName): number {
  const pool = specification.pools[name]
  return instancesPerNode([{ name, pool }], specification.nodeShapes[pool.nodeShape])
}

/** Regions of equal weight ask the same question. */
function remembering(model: PoolModel): PoolModel {
  const known = new Map<number, number>()
  return {
    ...model,
    queueAware: (interviews) => {
      const found = known.get(interviews) ?? model.queueAware(interviews)
      known.set(interviews, found)
      return found
    },
  }
}

/** Adds up a figure over all regions. */
export function total(rows: readonly RegionPool[], figure: (row: RegionPool) => number): number {
  return rows.reduce((all, row) => all + row.copies * figure(row), 0)
}
