import { backgroundHandlers } from './background.ts'
import { clockHandlers } from './clock.ts'
import { dnsHandlers } from './dns.ts'
import { earHandlers } from './ears.ts'
import { faultHandlers } from './faults.ts'
import { classCount } from './gpu.ts'
import { joinHandlers, newSession, start } from './join.ts'
import { evaluationHandlers, poolHandlers } from './pools.ts'
import { recoveryHandlers } from './recovery.ts'
import { scalingHandlers, targetAt } from './scaling.ts'
import { findServer, seat } from './seats.ts'
import { servingHandlers } from './serving.ts'
import { phases } from './session.ts'
import { newWorld, type RunInput } from './setup.ts'
import { thinkingHandlers } from './thinking.ts'
import { turnHandlers } from './turn.ts'
import { voiceHandlers } from './voices.ts'
import { type EventName, events, type Handler, type Handlers, type World } from './world.ts'

const handlers: Handlers = {
  ...backgroundHandlers,
  ...clockHandlers,
  ...dnsHandlers,
  ...earHandlers,
  ...evaluationHandlers,
  ...faultHandlers,
  ...joinHandlers,
  ...poolHandlers,
  ...recoveryHandlers,
  ...scalingHandlers,
  ...servingHandlers,
  ...thinkingHandlers,
  ...turnHandlers,
  ...voiceHandlers,
}

/** By number, as the kernel hands them out. */
const byNumber: readonly Handler[] = (Object.keys(events) as EventName[])
  .toSorted((left, right) => events[left] - events[right])
  .map((name) => {
    const handler = handlers[name]
    if (!handler) throw new Error(`nothing handles ${name}`)
    return handler
  })

export interface Ran {
  world: World
  /** Events that were handled. */
  handled: number
  /** SHA-256 of all of them in order. */
  digest: string
}

/** Runs a scenario from its first instant to its last, or to an abort condition. The same input gives the same run. */
export function run(input: RunInput): Ran {
  const { world, log } = newWorld(input)
  populate(world)
  begin(world)
  const handled = world.kernel.run(world.until, (type, subject, detail) => {
    ;(byNumber[type] as Handler)(world, subject, detail)
  })
  close(world)
  return { world, handled, digest: log.digest() }
}

/** Interviews that are under way already, each at another point of its life and of its turn. */
function populate(world: World): void {
  for (let count = 0; count < targetAt(world, 0); count += 1) {
    const session = newSession(world)
    const region = world.regions[session.home]
    const server = region ? findServer(world, session, region) : -1
    if (server < 0) continue
    seat(world, session, server)
    start(world, session)
    session.endsAt -= (session.endsAt - session.startedAt) * world.random.arrivals.uniform()
  }
}

function begin({ kernel, regions, autoscalers, faults, random, constants }: World): void {
  kernel.schedule(0, events.tick, 0)
  for (const { index } of regions) {
    for (let priority = 0; priority < classCount; priority += 1) {
      kernel.schedule(0, events.background, index * classCount + priority)
    }
    kernel.schedule(random.faults.uniform() * constants.checkMs, events.healthCheck, index)
    kernel.schedule(random.faults.uniform() * constants.checkMs, events.dnsCheck, index)
  }
  autoscalers.forEach((_, index) => kernel.schedule(random.faults.uniform() * 15_000, events.scale, index))
  // At one instant what ends is healed before what begins is done: intervals include their start only.
  faults.forEach(({ fault }, index) => {
    if (fault.until) kernel.schedule(fault.until.ms, events.heal, index)
  })
  faults.forEach(({ fault }, index) => kernel.schedule(fault.at.ms, events.fault, index))
}

/** What is still open at the end never came to an end: it is counted as endless, not left out. */
function close(world: World): void {
  const { measures, sessions, watches, regions, load } = world
  const { counts } = measures
  const began = sessions.filter(({ startedAt }) => startedAt >= 0).length
  for (const name of ['session-failures', 'refused-joins'] as const) counts[name].of = load.arrived
  for (const name of ['interview-terminations', 'ended-by-scale-in'] as const) counts[name].of = began
  for (const session of sessions) {
    if (session.phase === phases.interrupted) measures.endless['session-resume'] += 1
  }
  for (const { metric } of watches) measures.endless[metric] += 1
  for (const { alive, believed } of regions) if (!alive && believed) measures.endless['dns-failover'] += 1
}
