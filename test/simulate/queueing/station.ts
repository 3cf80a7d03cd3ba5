import type { EventLog } from '../../../src/simulate/kernel/event-log.ts'
import { Kernel } from '../../../src/simulate/kernel/kernel.ts'
import { Places } from '../../../src/simulate/kernel/places.ts'
import { Servers } from '../../../src/simulate/kernel/servers.ts'
import { type Stream, streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { Tally } from '../../../src/simulate/kernel/tally.ts'

export interface Station {
  servers: number
  /** Mean time between Poisson arrivals; the mean service time is the unit. */
  meanGap: number
  service: (stream: Stream) => number
  /** How many may wait: 0 for a loss system. */
  room?: number
}

export interface Length {
  /** Customers who are not counted, so that the empty start is forgotten, and those who are. */
  warmUp: number
  customers: number
}

const arrival = 1
const departure = 2

export interface Run {
  seed: number
  /** Goes before the names of the random streams, so that two systems with one seed share no luck. */
  system: string
  log?: EventLog
}

/** One run of a station with Poisson arrivals (M/G/c/c+room) from empty, in order of arrival. */
export function runStation(
  station: Station,
  length: Length,
  run: Run,
): { events: number; meanWait: number; refusedShare: number } {
  const kernel = new Kernel(run.log ? { log: run.log } : {})
  const streams = streamsOf(run.seed)
  const gaps = streams(`${run.system}/arrivals`)
  const services = streams(`${run.system}/service`)
  const servers = new Servers({
    count: station.servers,
    ...(station.room === undefined ? {} : { room: station.room }),
  })
  const places = new Places()
  const last = length.warmUp + length.customers
  let arrived = new Float64Array(1024)
  const waits = new Tally()
  let seen = 0
  let decided = 0
  let refused = 0

  const begins = (customer: number): void => {
    decided += 1
    if (decided > length.warmUp) waits.add(kernel.now - (arrived[customer] ?? 0))
    if (decided === last) kernel.stop()
    kernel.after(station.service(services), departure, customer)
  }
  const arrives = (): void => {
    kernel.after(gaps.exponential(station.meanGap), arrival, 0)
    seen += 1
    const customer = places.take()
    if (customer === arrived.length) {
      const larger = new Float64Array(2 * arrived.length)
      larger.set(arrived)
      arrived = larger
    }
    arrived[customer] = kernel.now
    const admission = servers.admit(kernel.now, customer)
    if (admission === 'served') begins(customer)
    if (admission !== 'refused') return
    places.giveBack(customer)
    decided += 1
    if (decided > length.warmUp) refused += 1
    if (decided === last) kernel.stop()
  }
  kernel.after(gaps.exponential(station.meanGap), arrival, 0)
  const events = kernel.run(Infinity, (type, customer) => {
    if (type === arrival) return arrives()
    places.giveBack(customer)
    const next = servers.release(kernel.now)
    if (next >= 0) begins(next)
  })
  if (seen < last) throw new Error(`only ${seen} of ${last} customers came`)
  return { events, meanWait: waits.mean ?? 0, refusedShare: refused / length.customers }
}
