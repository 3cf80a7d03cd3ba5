import { violate } from './history.ts'
import { type Component, components, type Region } from './region.ts'
import { ears, type Session } from './session.ts'
import type { World } from './world.ts'

/**
 * The level of an interview from what fails for it now: the lowest that the ladder gives to any of it. Back up it
 * goes once nothing has failed for a while.
 */
export function updateLevel(
  world: World,
  session: Session,
  { region, questionsFail }: { region: Region; questionsFail: boolean },
): void {
  const { now } = world.kernel
  const failing: Readonly<Record<Component, boolean>> = {
    asr: session.ear === ears.text,
    tts: region.breakers.tts.state !== 'closed' && region.fallback.full,
    llm: questionsFail || region.breakers.llm.state !== 'closed',
    evaluation: region.evaluation.capacity === 0,
  }
  let level = 1
  let any = false
  for (const component of components) {
    if (!failing[component]) continue
    any = true
    level = Math.max(level, world.constants.levels[component])
  }
  if (any) session.failedAt = now
  const held = now - session.failedAt < world.numbers.ladderHoldSeconds * 1000
  if (level < session.level && session.failedAt >= 0 && held) level = session.level
  change(session, region, level)
  if (any && world.constants.needs[level]?.some((component) => failing[component])) {
    const failed = components.filter((component) => failing[component])
    violate(world, 'level-needs-failed', `level ${level} in ${region.name} while ${failed.join(', ')} fails`)
  }
}

function change(session: Session, region: Region, level: number): void {
  if (session.level === 1 && level > 1) region.lowered += 1
  if (session.level > 1 && level === 1) region.lowered -= 1
  session.level = level
}
