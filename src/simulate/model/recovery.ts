import { resolve } from './dns.ts'
import { attachEar } from './ears.ts'
import { finish, letGo } from './finish.ts'
import { violate } from './history.ts'
import { again } from './join.ts'
import { states } from './pool.ts'
import type { Region } from './region.ts'
import { retryDelayMs } from '../../resilience/schedule.ts'
import { findServer, seat, unseat } from './seats.ts'
import { endings, phases, type Session } from './session.ts'
import { beginAnswer } from './turn.ts'
import { events, type Handlers, later, sessionIn, type World } from './world.ts'

/**
 * An interview loses its server.
 * @param lostRegion index of the region that is lost with it; −1 for anything smaller.
 */
export function interrupt(world: World, session: Session, lostRegion: number): void {
  if (session.phase === phases.ended) return
  const { now } = world.kernel
  if (session.phase === phases.joining) {
    again(world, session)
    return
  }
  letGo(world, session)
  if (session.phase !== phases.interrupted) {
    session.interruptedAt = now
    session.told = false
    world.measures.counts['notifications-undelivered'].of += 1
    world.measures.counts['notifications-undelivered'].value += 1
  }
  session.phase = phases.interrupted
  if (lostRegion >= 0) session.lostRegion = lostRegion
  session.attempt = 0
  const limit = lostRegion >= 0 ? world.constants.giveUpRegionMs : world.constants.giveUpMs
  world.kernel.after(limit, events.giveUp, session.id)
  later(world, session, { ms: noticeMs(world) + stage(world, 0), event: events.reconnect })
}

/** Checks run on their own clock: the last that passed was up to one interval before the failure. */
function noticeMs({ constants, random }: World): number {
  if (!constants.noticedByChecks) return constants.noticeMs
  return constants.noticeMs - constants.checkMs * random.client.uniform()
}

function stage({ constants, numbers, random }: World, index: 0 | 1 | 2 | 3): number {
  const spread = numbers.stageSpreadPercent / 100
  return constants.stagesMs[index] * random.client.uniformBetween(1 - spread, 1 + spread)
}

export const recoveryHandlers: Handlers = {
  reconnect(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    tell(world, session)
    const region = world.regions[resolve(world, session)]
    const server = region?.alive === true ? findServer(world, session, region) : -1
    if (server < 0) return retry(world, session)
    seat(world, session, server)
    if (world.servers[server]?.state !== states.ready) {
      unseat(world, session)
      return retry(world, session)
    }
    session.step += 1
    later(world, session, { ms: stage(world, 1), event: events.restored })
  },
  restored(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const { constants, measures } = world
    measures.times['data-loss'].add(lossOf(world, session, session.region))
    if (session.lostRegion >= 0 && session.lostRegion !== session.region && !constants.stateSurvivesRegion) {
      measures.endless['session-resume'] += 1
      return finish(world, session, endings.cut)
    }
    session.step += 1
    later(world, session, { ms: stage(world, 2) + stage(world, 3), event: events.resumed })
  },
  resumed(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const { kernel, measures } = world
    measures.times['session-resume'].add(kernel.now - session.interruptedAt)
    measures.times['recording-gap'].add(kernel.now - session.interruptedAt)
    session.interruptedAt = -1
    session.lostRegion = -1
    session.step += 1
    attachEar(world, session)
    beginAnswer(world, session)
  },
  giveUp(world, id) {
    const session = world.sessions[id]
    if (session?.phase !== phases.interrupted) return
    const { constants, kernel, measures } = world
    const limit = session.lostRegion >= 0 ? constants.giveUpRegionMs : constants.giveUpMs
    if (kernel.now - session.interruptedAt < limit) return
    tell(world, session)
    measures.endless['session-resume'] += 1
    // Whether the candidate waits or not: what is there is what the region that takes over has.
    const to = world.regions[session.lostRegion]?.link.to ?? session.region
    measures.times['data-loss'].add(lossOf(world, session, to))
    finish(world, session, endings.gaveUp)
  },
}

function retry(world: World, session: Session): void {
  const { retries, numbers, random } = world
  session.step += 1
  const wait = retryDelayMs(retries.default, session.attempt, random.client.uniform())
  session.attempt += 1
  later(world, session, { ms: numbers.connectTimeoutMs + wait, event: events.reconnect })
}

/** The candidate hears what happened as long as any region can send a message. */
function tell(world: World, session: Session): void {
  if (session.told || !world.regions.some(({ alive }) => alive)) return
  session.told = true
  world.measures.counts['notifications-undelivered'].value -= 1
}

/** How far back acknowledged data is missing after the loss of a region, in milliseconds; the worst class. */
function lossOf(world: World, session: Session, to: number): number {
  const lost = world.regions[session.lostRegion]
  if (!lost || session.lostRegion === to) return 0
  const { constants } = world
  const recorded = constants.recordedOnCompletion ? session.interruptedAt - session.startedAt : 0
  const state = constants.stateSurvivesRegion ? 0 : session.interruptedAt - session.startedAt
  return Math.max(recorded, state, transcriptLoss(world, session, lost))
}

function transcriptLoss(world: World, session: Session, { link, name, lostAt }: Region): number {
  if (link.synchronous && link.degradedAt < 0) {
    const reached = link.cutAt < 0 ? session.interruptedAt : link.cutAt
    if (session.savedAt > reached) {
      violate(world, 'acknowledged-lost', `interview ${session.id} of ${name}`)
    }
    return Math.max(0, session.savedAt - reached)
  }
  const until = link.degradedAt >= 0 ? link.cutAt : lostAt - world.numbers.replicationLagMs
  return Math.max(0, session.savedAt - until)
}
