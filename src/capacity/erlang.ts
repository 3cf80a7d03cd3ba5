/**
 * Erlang's formulas for `servers` servers and an offered load in Erlangs (arrival rate × mean service time).
 * The recursion works on B itself, which stays between 0 and 1 for every load.
 */
export function erlangB(servers: number, load: number): number {
  let blocked = 1
  for (let server = 1; server <= servers; server += 1) {
    blocked = (load * blocked) / (server + load * blocked)
  }
  return blocked
}

/** Probability that an arrival waits in M/M/c; 1 where the load is not below the servers. */
export function erlangC(servers: number, load: number): number {
  if (load <= 0) return 0
  if (load >= servers) return 1
  return waits(erlangB(servers, load), servers, load)
}

function waits(blocked: number, servers: number, load: number): number {
  const busy = load / servers
  return blocked / (1 - busy * (1 - blocked))
}

/** What a queue is held to: at a number of servers, given the probability of waiting, is it good enough? */
export type Target = (state: { servers: number; load: number; waiting: number }) => boolean

/** The least number of servers at which M/M/c meets the target; one pass over the recursion. */
export function smallestServers(load: number, target: Target): number {
  if (load <= 0) return 0
  const skipped = skippable(load)
  let blocked = skipped === 0 ? 1 : 1 - skipped / load
  for (let servers = skipped + 1; ; servers += 1) {
    blocked = (load * blocked) / (servers + load * blocked)
    if (servers <= load) continue
    if (target({ servers, load, waiting: waits(blocked, servers, load) })) return servers
  }
}

/**
 * Servers below the load at which the recursion may begin with the fluid limit 1 - n/A instead of at 1. Each step
 * shrinks an error of 1/B by n/A, so over the last 12·√A servers before the load it shrinks by e^-72, beyond what a
 * number can hold. That makes a load of 100,000 Erlangs a matter of thousands of steps.
 */
function skippable(load: number): number {
  return Math.max(0, Math.floor(load - 12 * Math.sqrt(load)))
}

/**
 * The larger of `floor` and the least number of servers that meets the target. Where even an arrival that surely
 * waits would be served in time, the floor is enough, and the recursion is not needed to say so.
 */
export function serversFrom(floor: number, load: number, target: Target): number {
  if (floor > load && target({ servers: floor, load, waiting: 1 })) return floor
  return Math.max(floor, smallestServers(load, target))
}

/** More than `pending` wait with a probability of at most `tail`: P(Lq > k) = C·ρ^(k+1). */
export function queueAtMost(pending: number, tail: number): Target {
  return ({ servers, load, waiting }) => waiting * (load / servers) ** (pending + 1) <= tail
}

/** The wait exceeds `limit` with a probability of at most `tail`: P(W > t) = C·e^(−(c−A)·t/h). */
export function waitAtMost(limit: { waitMs: number; serviceMs: number }, tail: number): Target {
  return ({ servers, load, waiting }) =>
    waiting * Math.exp((-(servers - load) * limit.waitMs) / limit.serviceMs) <= tail
}
