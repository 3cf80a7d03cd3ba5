import { probePrimary } from './ears.ts'
import { finish } from './finish.ts'
import { sampleMedia } from './media.ts'
import type { Region } from './region.ts'
import { ears, endings, phases, type Session } from './session.ts'
import { releaseVoice } from './voices.ts'
import { events, type Handlers, later, regionOf, sessionIn, type World } from './world.ts'

/** Somebody who types takes this many times as long. */
const typing = 2

export function beginAnswer(world: World, session: Session): void {
  session.phase = phases.answering
  session.step += 1
  const slow = session.ear === ears.text ? typing : 1
  const ms = world.constants.meanAnswerMs * world.random.speech.uniformBetween(0.4, 1.6) * slow
  later(world, session, { ms, event: events.answerDone })
}

export const turnHandlers: Handlers = {
  answerDone(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    session.answerEndedAt = world.kernel.now
    world.measures.counts['transcripts-lost'].of += 1
    if (session.ear !== ears.text) sampleMedia(world, session)
    if (session.ear !== ears.none) return heard(world, session, false)
    session.phase = phases.unheard
    session.step += 1
  },
  /** Somebody listens again, and the answer was waiting for it. */
  heard(world, id, step) {
    const session = sessionIn(world, id, step)
    if (session) heard(world, session, true)
  },
  speechDone(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = regionOf(world, session)
    releaseVoice(world, session)
    save(world, session, region)
    const { levels, shares } = world.measures
    levels[session.level] = (levels[session.level] ?? 0) + 1
    shares['full-capability'].of += 1
    if (session.level === 1) shares['full-capability'].hits += 1
    if (session.concluding || world.kernel.now >= session.endsAt)
      return finish(world, session, endings.completed)
    probePrimary(world, session)
    beginAnswer(world, session)
  },
}

function heard(world: World, session: Session, late: boolean): void {
  const { numbers, random, measures, kernel } = world
  const accuracy = measures.shares['asr-accuracy-loss']
  accuracy.of += 1
  if (late || session.ear !== ears.primary) accuracy.hits += 1
  const region = regionOf(world, session)
  if (session.ear === ears.primary) region.breakers.asr.succeeded(kernel.now)
  session.phase = phases.thinking
  session.step += 1
  session.attempt = 0
  session.onGpu = false
  const typed = session.ear === ears.text
  const listenMs = typed
    ? 0
    : numbers.endpointMs + random.speech.exponential(numbers.asrFinalMs) * region.asr.slow
  later(world, session, { ms: listenMs + session.networkMs, event: events.ask })
}

/** One complete exchange in the database. While the synchronous link is cut, nothing is told to be saved. */
function save({ kernel }: World, session: Session, { link }: Region): void {
  if (link.synchronous && link.cutAt >= 0 && link.degradedAt < 0) return
  session.saved += 1
  session.savedAt = kernel.now
}
