import { evictFor } from './background.ts'
import { classes } from './gpu.ts'
import { countWait, occupy, pace } from './gpu-places.ts'
import { updateLevel } from './ladder.ts'
import type { Region } from './region.ts'
import { retryDelayMs } from '../../resilience/schedule.ts'
import type { Session } from './session.ts'
import { speak } from './voices.ts'
import { events, type Handlers, later, regionOf, sessionIn, type World } from './world.ts'

/** An answer that the candidate waits for: from the GPUs, or a question of the bank where those fail. */
export const thinkingHandlers: Handlers = {
  ask(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = regionOf(world, session)
    const probes = region.breakers.llm.state !== 'closed'
    const allowed = region.breakers.llm.allows(world.kernel.now)
    updateLevel(world, session, { region, questionsFail: false })
    const wanted = probes || world.constants.needs[session.level]?.includes('llm') === true
    if (allowed && wanted) request(world, session, region)
    else speak(world, session)
  },
  askAgain(world, id, step) {
    const session = sessionIn(world, id, step)
    if (session) request(world, session, regionOf(world, session))
  },
  /** Its wait bound has passed: refused, as the router does. */
  shed(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = regionOf(world, session)
    region.llm.waiting.leave(id * 2)
    world.measures.shares['critical-shed'].hits += 1
    const policy = world.retries['real-time-critical']
    if (session.attempt >= policy.maxRetries) return fail(world, session, region)
    const ms = retryDelayMs(policy, session.attempt, world.random.client.uniform())
    session.attempt += 1
    session.step += 1
    later(world, session, { ms, event: events.askAgain })
  },
  llmTimeout(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    const region = regionOf(world, session)
    const breaker = region.breakers.llm
    const again = breaker.policy.fallsBackOn === 'openCircuit'
    const policy = world.retries['real-time-critical']
    if (!again || session.attempt >= policy.maxRetries) return fail(world, session, region)
    breaker.failed(world.kernel.now)
    if (!breaker.allows(world.kernel.now)) return fromBank(world, session, region)
    session.attempt += 1
    request(world, session, region)
  },
  firstToken(world, id, step) {
    const session = sessionIn(world, id, step)
    if (!session) return
    regionOf(world, session).breakers.llm.succeeded(world.kernel.now)
    speak(world, session)
  },
}

function request(world: World, session: Session, region: Region): void {
  const { llm } = region
  session.step += 1
  session.waitingSince = world.kernel.now
  world.measures.shares['critical-shed'].of += 1
  // Nobody answers at all: only the time limit ends that.
  if (llm.capacity === 0) {
    return later(world, session, { ms: world.constants.llmTimeoutMs, event: events.llmTimeout })
  }
  if (llm.fits(classes.critical) || evictFor(world, region, classes.critical))
    return granted(world, session, region)
  llm.waiting.join(session.id * 2, classes.critical)
  later(world, session, { ms: world.constants.waitBoundsMs[classes.critical] as number, event: events.shed })
}

/** A place on the running batch: joined between two decoding steps, then the first token. */
export function granted(world: World, session: Session, region: Region): void {
  const { numbers, random, kernel, constants } = world
  session.step += 1
  session.onGpu = true
  countWait(world, classes.critical, kernel.now - session.waitingSince)
  const firstMs =
    (random.gpu.uniformBetween(0, numbers.llmStepMs) + random.gpu.exponential(numbers.llmFirstTokenMs)) *
    pace(world, region)
  occupy(world, region, classes.critical)
  const event = firstMs > constants.llmTimeoutMs ? events.llmTimeout : events.firstToken
  later(world, session, { ms: Math.min(firstMs, constants.llmTimeoutMs), event })
}

function fail(world: World, session: Session, region: Region): void {
  region.breakers.llm.failed(world.kernel.now)
  fromBank(world, session, region)
}

function fromBank(world: World, session: Session, region: Region): void {
  updateLevel(world, session, { region, questionsFail: true })
  speak(world, session)
}
