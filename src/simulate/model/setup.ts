import type { Parameters } from '../../capacity/parameters.ts'
import { breakerPolicy, retryPolicy } from '../../resilience/document.ts'
import { poolNames, type PoolName } from '../../spec/schema/pool.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import { Autoscaler } from '../autoscaler/autoscaler.ts'
import { EventLog } from '../kernel/event-log.ts'
import { Kernel } from '../kernel/kernel.ts'
import { streamsOf } from '../kernel/streams.ts'
import { regionsOf } from '../scenario/check.ts'
import type { Scenario } from '../scenario/load.ts'
import { targetOf } from '../scenario/targets.ts'
import type { Numbers } from './assumptions.ts'
import { autoscalerRules } from './autoscaling.ts'
import { Background } from './background.ts'
import { Breaker } from './breaker.ts'
import { type Constants, constantsOf } from './constants.ts'
import { GpuPool } from './gpu.ts'
import { newHistory } from './history.ts'
import { newMeasures } from './measures.ts'
import { Pool, states } from './pool.ts'
import type { Region } from './region.ts'
import { targetAt } from './scaling.ts'
import { Fleet, type MediaServer } from './servers.ts'
import { type Injected, type Scaled, streamNames, type Streams, type World } from './world.ts'

export interface RunInput {
  specification: Specification
  scenario: Scenario
  capacity: Parameters
  numbers: Numbers
  seed: number
  /** Called once a second of virtual time. */
  onTick?: (world: World) => void
}

const settleMs = 600_000

/** Everything as it stands at the first instant: regions, pools at the size that the load of then asks for. */
export function newWorld(input: RunInput): { world: World; log: EventLog } {
  const { specification, scenario, capacity, numbers, seed } = input
  const constants = constantsOf({
    specification,
    capacity,
    numbers,
    peak: (scenario.interviews * numbers.loadPercent) / 100,
  })
  const names = regionsOf(scenario, Object.keys(specification.regions))
  const servers: MediaServer[] = []
  const regions = names.map((name, index) => newRegion(input, { constants, names, name, index, servers }))
  const stream = streamsOf(seed)
  const log = new EventLog()
  const world: World = {
    kernel: new Kernel({ log, pending: 4 * scenario.interviews + 1024 }),
    specification,
    scenario,
    capacity,
    numbers,
    constants,
    retries: {
      default: retryPolicy(specification.retries.default),
      'real-time-critical': retryPolicy(specification.retries['real-time-critical']),
      'batch-processing': retryPolicy(specification.retries['batch-processing']),
    },
    regions,
    homes: homesOf(input, names),
    sessions: [],
    servers,
    background: new Background(),
    measures: newMeasures(),
    random: Object.fromEntries(streamNames.map((name) => [name, stream(name)])) as Streams,
    history: newHistory(),
    load: { present: 0, failed: 0, concluding: 0, cursor: 0, arrived: 0, evaluations: 0 },
    dnsDownSince: -1,
    until: endOf(scenario),
    faults: faultsOf(input, names),
    watches: [],
    onTick: input.onTick ?? (() => {}),
    autoscalers: regions.flatMap((region) => poolNames.map((pool) => newScaled(specification, region, pool))),
  }
  return { world, log }
}

function newScaled(specification: Specification, { index }: Region, pool: PoolName): Scaled {
  return {
    region: index,
    pool,
    autoscaler: new Autoscaler(autoscalerRules(specification, pool)),
    seen: [],
    stale: false,
  }
}

/** By the regions' weights, repeated: 1 : 2 gives three entries. */
function homesOf({ scenario, specification }: RunInput, names: readonly string[]): number[] {
  const homes = scenario.homes ?? names
  return names.flatMap((name, index) =>
    homes.includes(name) ? Array<number>(specification.regions[name]?.weight ?? 1).fill(index) : [],
  )
}

function faultsOf({ scenario, specification }: RunInput, names: readonly string[]): Injected[] {
  return scenario.faults.flatMap((fault) => {
    const target = targetOf(fault, specification.regions, names)
    return target ? [{ fault, target, undo: [] }] : []
  })
}

function endOf({ until, ramp, faults }: Scenario): number {
  if (until) return until.ms
  const last = Math.max(ramp.at(-1)?.until.ms ?? 0, ...faults.map((one) => (one.until ?? one.at).ms))
  return last + settleMs
}

interface Place {
  constants: Constants
  names: readonly string[]
  name: string
  index: number
  servers: MediaServer[]
}

function newRegion(input: RunInput, place: Place): Region {
  const { specification: s, capacity } = input
  const { constants, names, name, index, servers } = place
  const region = s.regions[name]
  const zones = region?.zones ?? []
  const to = names.indexOf(region?.failoverTo ?? '')
  const { circuitBreakers } = s
  const breaker = (service: string): Breaker => {
    const found = circuitBreakers[service]
    if (!found) throw new Error(`no circuit breaker for ${service}`)
    return new Breaker(breakerPolicy(found))
  }
  const pool = (slots: number): Pool => new Pool(slots, zones.length)
  const ring = {
    slots: s.affinity.ringSlots,
    virtualNodes: s.affinity.virtualNodesPerServer,
    cap: constants.cap,
  }
  const made: Region = {
    index,
    name,
    zones,
    alive: true,
    lostAt: -1,
    aliveSince: 0,
    sfu: new Fleet({ all: servers, region: index, zones: zones.length, config: ring }),
    asr: pool(capacity.sessionsPerAsrWorker),
    tts: pool(capacity.utterancesPerTtsWorker),
    llm: new GpuPool(capacity.llmRequestsPerNode, zones.length, partitionOf(s)),
    evaluation: pool(capacity.evaluationsPerWorker),
    fallback: pool(capacity.sessionsPerAsrWorker),
    api: pool(1),
    apiWaitMs: 0,
    apiUtilization: 0,
    breakers: { asr: breaker('asr-primary'), tts: breaker('tts-primary'), llm: breaker('llm-api') },
    dns: { answer: index, before: index, changedAt: -1 },
    believed: true,
    dnsMisses: 0,
    link: { to, synchronous: isSynchronous(s, name, region?.failoverTo), cutAt: -1, degradedAt: -1 },
    active: 0,
    lowered: 0,
  }
  fill(input, made, place)
  return made
}

/** A link carries both ways: after a failover it is the other end that follows. */
function isSynchronous({ regions }: Specification, from: string, to: string | undefined): boolean {
  if (to === undefined) return false
  const there = regions[to]?.replication
  const here = regions[from]?.replication
  return (
    (there?.from === from && there.mode === 'synchronous') ||
    (here?.from === to && here.mode === 'synchronous')
  )
}

function partitionOf({ gpu }: Specification): { realTime: number; batch: number } {
  const { realTimeGpus, mixedGpus, batchGpus } = gpu.partition
  const all = realTimeGpus + mixedGpus + batchGpus
  return all === 0 ? { realTime: 0, batch: 0 } : { realTime: realTimeGpus / all, batch: batchGpus / all }
}

/** Pools as the capacity plan sizes them for the load at the start; a hot standby is sized for its primary. */
function fill(
  { specification: s, scenario, numbers }: RunInput,
  region: Region,
  { constants, names }: Place,
): void {
  const load = targetAt({ scenario, numbers }, 0)
  const homes = scenario.homes ?? names
  const weights = (of: readonly string[]): number =>
    of.reduce((sum, one) => sum + (s.regions[one]?.weight ?? 1), 0)
  const share = (name: string): number =>
    homes.includes(name) ? Math.ceil((load * weights([name])) / Math.max(1, weights(homes))) : 0
  const guarded =
    s.regions[region.name]?.role === 'standby' ? s.regions[region.name]?.replication?.from : undefined
  const interviews =
    share(region.name) + (guarded !== undefined && names.includes(guarded) ? share(guarded) : 0)
  for (const name of poolNames) {
    const { minimum, maximum } = s.pools[name].instances
    const wanted = Math.min(maximum, Math.max(minimum, constants.models[name].queueAware(interviews)))
    for (let count = 0; count < wanted; count += 1) {
      if (name === 'sfu') region.sfu.start(states.ready)
      else region[name].start(states.ready)
    }
  }
  const fallback = s.workloads['fallback-speech'].instances.minimum
  for (let count = 0; count < fallback; count += 1) region.fallback.start(states.ready)
}
