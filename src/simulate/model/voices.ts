import { sampleMedia } from './media.ts'
import { ears, phases, type Session } from './session.ts'
import { events, type Handlers, later, regionOf, sessionIn, type World } from './world.ts'

/** Whose voice speaks: the primary pool, the other provider, or text on the screen. */
const voices = { none: 0, primary: 1, fallback: 2, text: 3 } as const

/** The words are there: says them as soon as a voice is free, or shows them. */
export function speak(world: World, session: Session): void {
  const { tts, breakers } = regionOf(world, session)
  session.step += 1
  if (session.ear === ears.text) return begin(world, session, voices.text)
  if (!breakers.tts.allows(world.kernel.now)) return otherVoice(world, session)
  if (!tts.full) {
    tts.busy += 1
    breakers.tts.succeeded(world.kernel.now)
    return begin(world, session, voices.primary)
  }
  session.phase = phases.voiceless
  tts.lines.join(session.id)
  later(world, session, { ms: world.constants.ttsTimeoutMs, event: events.voiceTimeout })
}

function otherVoice(world: World, session: Session): void {
  const { fallback } = regionOf(world, session)
  if (fallback.full) return begin(world, session, voices.text)
  fallback.busy += 1
  begin(world, session, voices.fallback)
}

function begin(world: World, session: Session, voice: number): void {
  const { random, numbers, constants, kernel, measures } = world
  session.voice = voice
  session.phase = phases.speaking
  session.step += 1
  const { slow } = regionOf(world, session).tts
  const firstMs = voice === voices.text ? 0 : random.speech.exponential(numbers.ttsFirstByteMs) * slow
  const pathMs = voice === voices.text ? session.networkMs : sampleMedia(world, session)
  measures.times['turn-latency'].add(kernel.now + firstMs + pathMs - session.answerEndedAt)
  const speechMs = constants.meanSpeechMs * random.speech.uniformBetween(0.5, 1.5)
  later(world, session, { ms: firstMs + speechMs, event: events.speechDone })
}

export function releaseVoice(world: World, session: Session): void {
  const region = regionOf(world, session)
  region.tts.lines.leave(session.id)
  if (session.voice === voices.fallback) region.fallback.busy -= 1
  if (session.voice === voices.primary) {
    region.tts.busy -= 1
    serveVoices(world, session.region)
  }
  session.voice = voices.none
}

/** Free voices for those who wait, in order. */
export function serveVoices(world: World, index: number): void {
  const region = world.regions[index]
  while (region && !region.tts.full && region.tts.lines.length > 0) {
    const session = world.sessions[region.tts.lines.take()]
    if (!session) continue
    region.tts.busy += 1
    region.breakers.tts.succeeded(world.kernel.now)
    begin(world, session, voices.primary)
  }
}

export const voiceHandlers: Handlers = {
  voiceTimeout(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = regionOf(world, session)
    region.tts.lines.leave(id)
    region.breakers.tts.failed(world.kernel.now)
    otherVoice(world, session)
  },
}
