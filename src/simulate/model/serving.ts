import { serveBackground } from './background.ts'
import { classCount } from './gpu.ts'
import type { Region } from './region.ts'
import type { Session } from './session.ts'
import { granted } from './thinking.ts'
import type { Handlers, World } from './world.ts'

export const servingHandlers: Handlers = {
  placeFree(world, subject) {
    const region = world.regions[subject >> 2] as Region
    const priority = subject & 3
    const { llm } = region
    const orphans = llm.orphans[priority] as number
    if (orphans > 0) {
      const running = llm.running[priority] as number
      if (world.random.gpu.chance(orphans / (orphans + running))) {
        llm.orphans[priority] = orphans - 1
        return
      }
    }
    llm.end(priority)
    serveGpus(world, region)
  },
}

/** Gives free places to those who wait, the highest class first. */
export function serveGpus(world: World, region: Region): void {
  const { llm } = region
  for (let priority = 0; priority < classCount && llm.waiting.length > 0; priority += 1) {
    let customer = llm.waiting.firstOf(priority)
    while (customer >= 0 && llm.fits(priority)) {
      llm.waiting.leave(customer)
      const number = customer >> 1
      if (customer % 2 === 1) serveBackground(world, region, { number, priority })
      else granted(world, world.sessions[number] as Session, region)
      customer = llm.waiting.firstOf(priority)
    }
  }
}
