import { releaseEar } from './ears.ts'
import { unseat } from './seats.ts'
import { endings, phases, type Session } from './session.ts'
import { events, regionOf, type World } from './world.ts'
import { releaseVoice } from './voices.ts'

/** Takes everything from an interview that it holds, so that nothing meant for its present phase happens any more. */
export function letGo(world: World, session: Session): void {
  session.step += 1
  if (session.region < 0) return
  const region = regionOf(world, session)
  if (session.phase === phases.thinking) region.llm.waiting.leave(session.id * 2)
  releaseEar(world, session)
  releaseVoice(world, session)
  unseat(world, session)
}

/** The end of an interview, for better or worse. */
export function finish(world: World, session: Session, ending: number): void {
  const began = session.startedAt >= 0
  const region = session.region
  letGo(world, session)
  session.phase = phases.ended
  session.ending = ending
  world.load.present -= 1
  if (session.concluding) world.load.concluding -= 1
  const completed = ending === endings.completed
  const { counts, shares } = world.measures
  counts['session-failures'].value += completed ? 0 : 1
  if (began) {
    counts['interview-terminations'].value += completed ? 0 : 1
    shares['completion-rate'].of += 1
    shares['completion-rate'].hits += completed ? 1 : 0
  }
  if (!completed) world.load.failed += 1
  if (completed) world.kernel.after(0, events.evaluate, region)
}
