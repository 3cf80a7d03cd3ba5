import type { PoolName, Trigger } from '../../spec/schema/pool.ts'
import type { Reading } from '../autoscaler/proposal.ts'
import { bandsOf } from './autoscaling.ts'
import { note } from './history.ts'
import { type CountedPool, drainServer, startInstance, startServer, stopInstance } from './pools.ts'
import type { Region } from './region.ts'
import { events, type Handlers, type Scaled, type World } from './world.ts'

/** kube-controller-manager looks at every autoscaler this often. */
const syncMs = 15_000

export const scalingHandlers: Handlers = {
  scale(world, index) {
    const scaled = world.autoscalers[index] as Scaled
    const region = world.regions[scaled.region] as Region
    world.kernel.after(syncMs, events.scale, index)
    if (!region.alive) return
    const now = world.kernel.now
    if (!scaled.stale) scaled.seen.push({ at: now, readings: readingsOf(world, region, scaled.pool) })
    const replicas = replicasOf(region, scaled.pool)
    const count = {
      specReplicas: replicas,
      statusReplicas: replicas,
      readyPods: readyOf(region, scaled.pool),
    }
    const wanted = Math.max(
      scaled.autoscaler.sync(now, count, seenNow(world, scaled, now)).replicas,
      fromCalendar(world, region, scaled.pool),
    )
    if (wanted === replicas) return
    note(world, { region: region.name, what: 'scale', text: `${scaled.pool} ${replicas} -> ${wanted}` })
    apply(world, region, { pool: scaled.pool, by: wanted - replicas })
  },
}

/** The newest numbers that are as old as a scrape lets them be. */
function seenNow({ numbers }: World, scaled: Scaled, now: number): readonly Reading[] {
  const age = numbers.metricAgeSeconds * 1000
  const { seen } = scaled
  while (seen.length > 1 && (seen[1]?.at ?? now) <= now - age) seen.shift()
  return seen[0]?.readings ?? []
}

function replicasOf(region: Region, pool: PoolName): number {
  return pool === 'sfu' ? region.sfu.wanted().length : region[pool].wanted
}

function readyOf(region: Region, pool: PoolName): number {
  return pool === 'sfu' ? region.sfu.ready().length : region[pool].ready
}

function apply(world: World, region: Region, { pool, by }: { pool: PoolName; by: number }): void {
  for (let step = 0; step < Math.abs(by); step += 1) {
    if (pool === 'sfu') {
      if (by > 0) startServer(world, region)
      else drainServer(world, region)
    } else if (by > 0) startInstance(world, region, pool)
    else stopInstance(world, region, pool)
  }
}

/** In thousandths, as the controller has them; in the order of the bands. */
function readingsOf({ specification }: World, region: Region, pool: PoolName): Reading[] {
  return bandsOf(specification.pools[pool].trigger).map(({ metric }) =>
    metric === 'cpuUtilization' ? usageOf(specification, region) : measured(region, pool, metric) * 1000,
  )
}

function usageOf({ pools }: World['specification'], { api, apiUtilization }: Region): Reading {
  const requestMilli = pools.api.resources.cpu.amount * 1000
  return {
    requestMilli,
    usedMilli: requestMilli * api.ready * apiUtilization,
    measured: api.ready,
    missing: 0,
    unready: api.wanted - api.ready,
  }
}

function measured(region: Region, pool: PoolName, metric: Trigger['metric']): number {
  if (metric === 'gpuUtilization') return region.llm.utilization * 100
  if (metric === 'sessions') return region.sfu.sessions
  return pool === 'llm' ? region.llm.waiting.length : region[pool as CountedPool].lines.length
}

/** With a lead, a pool is at least what the capacity plan asks for the calendar's interviews of that time ahead. */
function fromCalendar(world: World, region: Region, pool: PoolName): number {
  const { numbers, kernel, specification, constants } = world
  if (numbers.calendarLeadSeconds === 0) return 0
  const ahead = targetAt(world, kernel.now + numbers.calendarLeadSeconds * 1000)
  const now = targetAt(world, kernel.now)
  const load = Math.ceil((Math.max(ahead, now) * shareOf(world, region)) / world.homes.length)
  return Math.min(specification.pools[pool].instances.maximum, constants.models[pool].queueAware(load))
}

function shareOf({ homes }: World, region: Region): number {
  return homes.filter((home) => home === region.index).length
}

/** Interviews that the load asks for at a time. */
export function targetAt({ scenario, numbers }: Pick<World, 'scenario' | 'numbers'>, at: number): number {
  return Math.round((plainTarget(scenario, at) * numbers.loadPercent) / 100)
}

function plainTarget({ ramp, interviews }: World['scenario'], at: number): number {
  if (ramp.length === 0) return interviews
  const step = ramp.find(({ until }) => at < until.ms)
  if (!step) return ramp.at(-1)?.endInterviews ?? 0
  const part = Math.max(0, at - step.from.ms) / (step.until.ms - step.from.ms)
  return step.startInterviews + (step.endInterviews - step.startInterviews) * part
}
