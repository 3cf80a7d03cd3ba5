import { resolve } from './dns.ts'
import { attachEar } from './ears.ts'
import { finish } from './finish.ts'
import { states } from './pool.ts'
import type { Region } from './region.ts'
import { retryDelayMs } from '../../resilience/schedule.ts'
import { findServer, seat, unseat } from './seats.ts'
import { endings, Session } from './session.ts'
import { beginAnswer } from './turn.ts'
import { events, type Handlers, later, sessionIn, type World } from './world.ts'

const lookupMs = 20

export const joinHandlers: Handlers = {
  arrive(world) {
    later(world, newSession(world), { ms: 0, event: events.request })
  },
  /** The name is looked up, and the API of that region asked. */
  request(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = world.regions[resolve(world, session)]
    if (!region?.alive || region.api.capacity === 0) return again(world, session)
    session.region = region.index
    const ms = lookupMs + 2 * session.networkMs + region.apiWaitMs + world.capacity.apiCpuMs
    later(world, session, { ms, event: events.assign })
  },
  assign(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = world.regions[session.region] as Region
    const server = region.alive ? findServer(world, session, region) : -1
    if (server < 0) return again(world, session)
    seat(world, session, server)
    if (world.servers[server]?.state !== states.ready) return again(world, session)
    const ms =
      world.numbers.joinSignalMs * world.random.network.uniformBetween(0.5, 1.5) + 4 * session.networkMs
    later(world, session, { ms, event: events.joined })
  },
  joined(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    world.measures.times.join.add(world.kernel.now - session.requestedAt)
    start(world, session)
  },
}

/** A candidate with a network and a resolver, who is counted from now on. */
export function newSession(world: World): Session {
  const { random, homes, sessions, kernel, load } = world
  const session = new Session({
    id: sessions.length,
    home: homes[random.arrivals.integer(homes.length)] ?? 0,
    networkMs: networkOf(world),
    resolverPhase: random.arrivals.uniform(),
    now: kernel.now,
  })
  sessions.push(session)
  load.present += 1
  load.arrived += 1
  return session
}

function networkOf({ numbers, random }: World): number {
  const luck = random.arrivals.uniform() * 100
  if (luck < numbers.poorPercent) return numbers.poorNetworkMs
  return luck < numbers.poorPercent + numbers.mobilePercent ? numbers.mobileNetworkMs : numbers.goodNetworkMs
}

/** The interview begins: somebody listens, and the candidate has the first word. */
export function start(world: World, session: Session): void {
  const { kernel, numbers, random, capacity } = world
  const spread = (numbers.interviewSpreadPercent / 100) * random.arrivals.uniformBetween(-1, 1)
  session.startedAt = kernel.now
  session.endsAt = kernel.now + capacity.interviewMinutes * 60_000 * (1 + spread)
  session.step += 1
  attachEar(world, session)
  beginAnswer(world, session)
}

/** Tries again as the default policy says; refused once that is exhausted and the candidate's patience too. */
export function again(world: World, session: Session): void {
  const { kernel, retries, constants, numbers, random } = world
  unseat(world, session)
  session.step += 1
  if (kernel.now - session.requestedAt >= constants.giveUpMs) {
    world.measures.counts['refused-joins'].value += 1
    finish(world, session, endings.refused)
    return
  }
  const ms =
    numbers.connectTimeoutMs + retryDelayMs(retries.default, session.attempt, random.client.uniform())
  session.attempt += 1
  later(world, session, { ms, event: events.request })
}
