import { Kernel } from '../../../src/simulate/kernel/kernel.ts'
import { Places } from '../../../src/simulate/kernel/places.ts'
import { lognormalParameters, streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { Tally } from '../../../src/simulate/kernel/tally.ts'
import type { Outcome } from './models.ts'

const event = { arrival: 1, end: 2, drain: 3, start: 4 }
const arrivalGap = 1
const length = lognormalParameters(1800, 0.5)
const fleet = 40
const seats = 80
const drainEvery = 300
const startUp = 90

/** The model of `sfu.py` on the kernel: interviews on media servers that are drained in turn. */
export function runSfu(interviews: number, seed: number): Outcome {
  const kernel = new Kernel()
  const streams = streamsOf(seed)
  const gaps = streams('arrivals')
  const lengths = streams('length')
  const places = new Places()
  /** The servers that take interviews, the oldest first. */
  const taking = Array.from({ length: fleet }, () => places.take())
  const used = new Int32Array(1024)
  const drainingSince = new Float64Array(1024).fill(-1)
  const drains = new Tally()
  let arrived = 0
  let refused = 0

  const emptied = (server: number): void => {
    drains.add(kernel.now - (drainingSince[server] ?? 0))
    drainingSince[server] = -1
    places.giveBack(server)
  }
  const arrives = (): void => {
    arrived += 1
    if (arrived < interviews) kernel.after(gaps.exponential(arrivalGap), event.arrival, 0)
    const server = emptiest(taking, used)
    if ((used[server] ?? 0) >= seats) {
      refused += 1
      return
    }
    used[server] = (used[server] ?? 0) + 1
    kernel.after(lengths.lognormal(length), event.end, server)
  }
  const ends = (server: number): void => {
    used[server] = (used[server] ?? 0) - 1
    if ((drainingSince[server] ?? -1) >= 0 && used[server] === 0) emptied(server)
  }
  const drain = (): void => {
    if (arrived < interviews) kernel.after(drainEvery, event.drain, 0)
    kernel.after(startUp, event.start, 0)
    const server = taking.shift() ?? 0
    drainingSince[server] = kernel.now
    if (used[server] === 0) emptied(server)
  }
  kernel.after(gaps.exponential(arrivalGap), event.arrival, 0)
  kernel.after(drainEvery, event.drain, 0)
  const events = kernel.run(Infinity, (type, server) => {
    if (type === event.arrival) arrives()
    else if (type === event.end) ends(server)
    else if (type === event.drain) drain()
    else taking.push(places.take())
  })
  return { events, mean: drains.mean ?? 0, refused }
}

/** The server with the fewest interviews, the oldest of equals. */
function emptiest(servers: readonly number[], used: Int32Array): number {
  let best = servers[0] ?? 0
  for (const server of servers) if ((used[server] ?? 0) < (used[best] ?? 0)) best = server
  return best
}
