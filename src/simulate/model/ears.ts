import type { Region } from './region.ts'
import { ears, phases, type Session } from './session.ts'
import { events, type Handlers, regionOf, type World } from './world.ts'

/** Finds somebody who listens: the primary recogniser where its breaker lets it, else the other one, else text. */
export function attachEar(world: World, session: Session): void {
  const region = regionOf(world, session)
  if (session.deafSince < 0) session.deafSince = world.kernel.now
  if (!region.breakers.asr.allows(world.kernel.now)) {
    stand(session, region)
    useFallback(world, session)
    return
  }
  if (tryPrimary(world, session, region)) return
  stand(session, region)
  waitForPrimary(world, session, 0)
}

/** In the line of the primary pool: what its autoscaler counts as pending. */
function stand(session: Session, region: Region): void {
  if (!region.asr.lines.has(session.id)) region.asr.lines.join(session.id)
}

function tryPrimary(world: World, session: Session, region: Region): boolean {
  const worker = region.asr.takeSlot(session.id)
  if (worker < 0) return false
  region.asr.lines.leave(session.id)
  if (session.ear === ears.fallback) region.fallback.busy -= 1
  session.asrWorker = worker
  region.breakers.asr.succeeded(world.kernel.now)
  listen(world, session, ears.primary)
  return true
}

function waitForPrimary(world: World, session: Session, extraMs: number): void {
  const { kernel, constants } = world
  session.earStep += 1
  kernel.attach(
    kernel.after(constants.asrTimeoutMs + extraMs, events.asrTimeout, session.id),
    session.earStep,
  )
}

function useFallback(world: World, session: Session): void {
  const { fallback } = regionOf(world, session)
  if (fallback.full) return listen(world, session, ears.text)
  fallback.busy += 1
  listen(world, session, ears.fallback)
}

function listen(world: World, session: Session, ear: number): void {
  const { now } = world.kernel
  session.ear = ear
  session.earStep += 1
  if (session.asrLostAt >= 0 && ear !== ears.none) {
    world.measures.times['fallback-activation'].add(now - session.asrLostAt)
    session.asrLostAt = -1
  }
  if (session.deafSince >= 0) {
    const kept = now - session.deafSince <= world.numbers.audioBufferSeconds * 1000
    if (!kept && session.startedAt >= 0) world.measures.counts['transcripts-lost'].value += 1
    session.deafSince = -1
  }
  if (session.phase !== phases.unheard) return
  session.step += 1
  world.kernel.attach(world.kernel.after(0, events.heard, session.id), session.step)
}

/** Gives back whoever listens, and leaves the line. */
export function releaseEar(world: World, session: Session): void {
  const region = regionOf(world, session)
  session.earStep += 1
  region.asr.lines.leave(session.id)
  if (session.ear === ears.fallback) region.fallback.busy -= 1
  if (session.ear === ears.primary) {
    region.asr.freeSlot(session.asrWorker, session.id)
    session.asrWorker = -1
    serveEars(world, region)
  }
  session.ear = ears.none
  session.deafSince = -1
  session.asrLostAt = -1
}

/** Free slots for those in line, while the breaker is closed. */
export function serveEars(world: World, region: Region): void {
  const { asr } = region
  while (region.alive && asr.lines.length > 0 && !asr.full && region.breakers.asr.state === 'closed') {
    const session = world.sessions[asr.lines.first()]
    if (!session || !tryPrimary(world, session, region)) return
  }
}

/** Between two turns an interview that is not heard by the primary tries it, as far as the breaker lets it. */
export function probePrimary(world: World, session: Session): void {
  if (session.ear === ears.primary || session.ear === ears.none) return
  const region = regionOf(world, session)
  if (region.breakers.asr.state === 'closed') return serveEars(world, region)
  if (!region.breakers.asr.allows(world.kernel.now)) return
  if (tryPrimary(world, session, region)) serveEars(world, region)
  else waitForPrimary(world, session, 0)
}

/** A worker is gone: at once where it was killed, in good order where it was scaled in. */
export function loseWorker(world: World, region: Region, lost: { worker: number; killed: boolean }): void {
  for (const id of region.asr.heldBy(lost.worker)) {
    const session = world.sessions[id]
    if (!session) continue
    region.asr.freeSlot(lost.worker, id)
    session.asrWorker = -1
    session.ear = ears.none
    if (!lost.killed && tryPrimary(world, session, region)) continue
    session.deafSince = world.kernel.now
    // Who was killed says nothing: it takes the time limit to learn it.
    if (lost.killed) session.asrLostAt = world.kernel.now
    else stand(session, region)
    waitForPrimary(world, session, world.random.faults.uniformBetween(0, 200))
  }
}

export const earHandlers: Handlers = {
  asrTimeout(world, id, earStep) {
    const session = world.sessions[id]
    if (!session || session.earStep !== earStep) return
    const region = regionOf(world, session)
    const breaker = region.breakers.asr
    breaker.failed(world.kernel.now)
    if (session.ear !== ears.none) return
    stand(session, region)
    const everyFailure = breaker.policy.fallsBackOn === 'everyFailure'
    if (everyFailure || !breaker.allows(world.kernel.now)) return useFallback(world, session)
    if (!tryPrimary(world, session, region)) waitForPrimary(world, session, 0)
  },
}
