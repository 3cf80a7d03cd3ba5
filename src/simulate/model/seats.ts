import { violate } from './history.ts'
import type { Region } from './region.ts'
import type { Session } from './session.ts'
import type { World } from './world.ts'

/**
 * The server for an interview in a region, and where that is full, in the one that takes over from it
 * (`affinity.whenFull: spill`). −1 where nobody has room. The server may be dead already: the balancer knows it
 * only after its checks.
 */
export function findServer(world: World, session: Session, region: Region): number {
  const not = session.lastServer
  const here = region.sfu.find(session.id, not)
  if (here >= 0) return here
  const next = world.regions[region.link.to]
  if (world.specification.affinity.whenFull !== 'spill' || !next?.alive) return -1
  return next.sfu.find(session.id, not)
}

export function seat(world: World, session: Session, server: number): void {
  if (session.server >= 0) violate(world, 'two-servers', `interview ${session.id} holds a server already`)
  const held = world.servers[server]
  if (!held) return
  const region = world.regions[held.region] as Region
  held.sessions += 1
  region.sfu.sessions += 1
  region.active += 1
  session.server = server
  session.region = region.index
  if (held.sessions > world.constants.cap) {
    violate(world, 'above-cap', `server ${server} of ${region.name} holds ${held.sessions}`)
  }
}

export function unseat(world: World, session: Session): void {
  const held = world.servers[session.server]
  if (!held) return
  const region = world.regions[held.region] as Region
  held.sessions -= 1
  region.sfu.sessions -= 1
  region.active -= 1
  if (session.level > 1) region.lowered -= 1
  session.level = 1
  session.lastServer = session.server
  session.server = -1
}
