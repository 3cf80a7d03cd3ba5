import { note } from './history.ts'
import type { Region } from './region.ts'
import type { Session } from './session.ts'
import { events, type Handlers, type World } from './world.ts'

/** From the decision until the answer of the name servers has changed, as rule IV-DNS-001 has it. */
const writeMs = 2000

/**
 * The region that the candidate's resolver names now: the answer of when it last fetched one, which it keeps for
 * the time to live. −1 where it has none.
 */
export function resolve({ kernel, constants, regions, dnsDownSince }: World, session: Session): number {
  const ttl = constants.dnsTtlMs
  const { dns } = regions[session.home] as Region
  const turns = kernel.now / ttl - session.resolverPhase
  const fetchedAt = kernel.now - (turns - Math.floor(turns)) * ttl
  if (dnsDownSince >= 0 && fetchedAt >= dnsDownSince) return -1
  return fetchedAt >= dns.changedAt ? dns.answer : dns.before
}

export const dnsHandlers: Handlers = {
  /** The name servers' checker looks at a region, from outside. */
  dnsCheck(world, index) {
    const { kernel, constants, specification, numbers } = world
    const region = world.regions[index] as Region
    kernel.after(constants.checkMs, events.dnsCheck, index)
    if (region.alive) {
      region.dnsMisses = 0
      const back = kernel.now - region.aliveSince >= numbers.failbackSeconds * 1000
      if (!region.believed && back) decide(world, region, true)
      return
    }
    region.dnsMisses += 1
    if (region.dnsMisses !== specification.affinity.failover.unhealthyAfterChecks) return
    decide(world, region, false)
  },
  dnsChange(world) {
    for (const region of world.regions) answerFor(world, region)
  },
}

/** Promotion of the standby runs while the answer is being written, and must be done first. */
function decide(world: World, region: Region, believed: boolean): void {
  region.believed = believed
  const ms = Math.max(writeMs, believed ? 0 : world.numbers.promotionSeconds * 1000)
  world.kernel.after(ms, events.dnsChange, region.index)
}

/** Where neither region lives the old answer stays: no answer at all would help nobody. */
function answerFor(world: World, home: Region): void {
  const { dns, link } = home
  const next = world.regions[link.to]
  const answer = home.believed ? home.index : next?.believed ? next.index : dns.answer
  if (answer === dns.answer) return
  dns.before = dns.answer
  dns.answer = answer
  dns.changedAt = world.kernel.now
  note(world, {
    region: home.name,
    what: 'dns',
    text: `candidates are sent to ${world.regions[answer]?.name}`,
  })
  if (home.alive) return
  world.measures.times['dns-failover'].add(world.kernel.now + world.constants.dnsTtlMs - home.lostAt)
}
