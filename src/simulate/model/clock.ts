import { erlangC } from '../../capacity/erlang.ts'
import type { CountMetric } from '../criteria/metrics.ts'
import { note } from './history.ts'
import type { Region } from './region.ts'
import { targetAt } from './scaling.ts'
import { phases } from './session.ts'
import { events, type Handlers, type Watch, type World } from './world.ts'

const tickMs = 1000
const sampleEveryTicks = 5

/** Once a second: the load follows its ramp, queues without events are worked out, and everything is looked at. */
export const clockHandlers: Handlers = {
  tick(world, number) {
    follow(world)
    for (const region of world.regions) {
      askApi(world, region)
      degradeLink(world, region)
    }
    world.watches = world.watches.filter((watch) => !isOver(world, watch))
    if (number % sampleEveryTicks === 0) sample(world)
    world.onTick(world)
    if (aborts(world)) return world.kernel.stop()
    if (world.kernel.now + tickMs <= world.until) world.kernel.after(tickMs, events.tick, number + 1)
  },
  healthCheck(world, index) {
    const region = world.regions[index] as Region
    const { unhealthyAfterChecks: bad, healthyAfterChecks: good } = world.specification.affinity.failover
    region.sfu.check(region.alive, { bad, good })
    world.kernel.after(world.constants.checkMs, events.healthCheck, index)
  },
}

/** Candidates who were turned away or lost do not come again; those who are done are followed by others. */
function follow(world: World): void {
  const { load, kernel, random } = world
  const wanted = Math.max(0, targetAt(world, kernel.now) - load.failed)
  const present = load.present - load.concluding
  for (let count = present; count < wanted; count += 1) {
    kernel.after(random.arrivals.uniform() * tickMs, events.arrive, 0)
  }
  for (let count = wanted; count < present; count += 1) conclude(world)
}

/** Somebody says good-bye: the interview ends with its present exchange. */
function conclude(world: World): void {
  const { load, sessions } = world
  for (let step = 0; step < sessions.length; step += 1) {
    load.cursor = load.cursor + 1 >= sessions.length ? 0 : load.cursor + 1
    const session = sessions[load.cursor]
    if (!session || session.concluding || session.phase === phases.ended || session.startedAt < 0) continue
    session.concluding = true
    load.concluding += 1
    return
  }
}

/** The API as the capacity plan sees it, M/M/c over cores; what does not fit waits for the seconds to come. */
function askApi({ capacity, specification }: World, region: Region): void {
  const cores = region.api.capacity * specification.pools.api.resources.cpu.amount
  const load = (region.active * capacity.apiRequestsPerSecond * capacity.apiCpuMs * region.api.slow) / 1000
  region.apiUtilization = cores === 0 ? 0 : Math.min(1, load / cores)
  if (load < cores) {
    region.apiWaitMs = (erlangC(cores, load) * capacity.apiCpuMs * region.api.slow) / (cores - load)
    return
  }
  const limit = specification.timeouts.api.ms
  region.apiWaitMs = cores === 0 ? limit : Math.min(limit, region.apiWaitMs + tickMs * (load / cores - 1))
}

/** Commits wait for the other side until it counts as lost, and go on alone from then on. */
function degradeLink(world: World, { link, name }: Region): void {
  const { kernel, constants, specification } = world
  if (link.cutAt < 0 || link.degradedAt >= 0 || !link.synchronous) return
  if (kernel.now - link.cutAt < constants.checkMs * specification.affinity.failover.unhealthyAfterChecks)
    return
  link.degradedAt = kernel.now
  note(world, { region: name, what: 'link', text: 'commits no longer wait for the standby' })
}

function isOver(world: World, watch: Watch): boolean {
  const region = world.regions[watch.region] as Region
  const over = watch.metric === 'outage' ? letsIn(world, region) : isWhole(world, region)
  if (!over) return false
  world.measures.times[watch.metric].add(world.kernel.now - watch.since)
  if (watch.metric === 'recovery-after-restore')
    note(world, { region: region.name, what: 'recovered', text: 'as before' })
  return true
}

/** Every candidate of a region is sent to one that has a server and an API for him. */
function letsIn({ regions, kernel, constants, servers }: World, home: Region): boolean {
  const { dns } = home
  const settled = kernel.now - dns.changedAt >= constants.dnsTtlMs
  return (settled ? [dns.answer] : [dns.answer, dns.before]).every((index) => {
    const region = regions[index]
    if (!region?.alive || region.api.capacity === 0) return false
    return region.sfu.ready().some((number) => {
      const server = servers[number]
      return server?.trusted === true && !server.draining && server.sessions < constants.cap
    })
  })
}

/** No breaker open, nobody below full capability. */
function isWhole(_: World, { alive, breakers, lowered }: Region): boolean {
  return alive && lowered === 0 && Object.values(breakers).every(({ state }) => state === 'closed')
}

function aborts(world: World): boolean {
  const { counts } = world.measures
  const met = world.scenario.abort.find(({ metric, above }) => counts[metric as CountMetric].value > above)
  if (!met) return false
  world.history.abortedBy = met.text
  note(world, { region: null, what: 'aborted', text: met.text })
  return true
}

function sample(world: World): void {
  const sum = (value: (region: Region) => number): number =>
    world.regions.reduce((all, one) => all + value(one), 0)
  const places = sum(({ llm }) => llm.capacity)
  world.history.samples.push({
    at: world.kernel.now,
    interviews: sum(({ active }) => active),
    target: targetAt(world, world.kernel.now),
    servers: sum(({ sfu }) => sfu.ready().length),
    asr: sum(({ asr }) => asr.ready),
    tts: sum(({ tts }) => tts.ready),
    llm: sum(({ llm }) => llm.ready),
    asrPending: sum(({ asr }) => asr.lines.length),
    llmWaiting: sum(({ llm }) => llm.waiting.length),
    gpuUtilization: places === 0 ? 0 : sum(({ llm }) => llm.busy) / places,
    lowered: sum(({ lowered }) => lowered),
    interrupted: world.sessions.reduce((all, { phase }) => all + (phase === phases.interrupted ? 1 : 0), 0),
  })
}
