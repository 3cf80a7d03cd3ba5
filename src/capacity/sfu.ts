import { expectedExcess, upperTail } from './normal.ts'

export interface Ring {
  /** Sessions that one server takes, and never more. */
  cap: number
  virtualNodes: number
}

/**
 * Sessions per server under consistent hashing: Poisson noise of the sessions, and a server's share of the ring,
 * whose relative spread is one over the root of its virtual nodes. Held against hashing 10,000 sessions with 150
 * virtual nodes: 140 servers leave 1.6 % off home, 150 leave 0.5 to 0.6 %.
 */
function spread(mean: number, { virtualNodes }: Ring): number {
  return Math.sqrt(mean + (mean * mean) / virtualNodes)
}

/** Share of sessions whose home server is full, so that bounded-load hashing sends them on to another. */
export function offHomeShare(sessions: number, servers: number, ring: Ring): number {
  if (sessions <= 0) return 0
  const mean = sessions / servers
  const deviation = spread(mean, ring)
  return (deviation * expectedExcess((ring.cap - mean) / deviation)) / mean
}

/** The fewest servers that hold the sessions under the cap with at most `share` of them off home. */
export function boundedLoadServers(sessions: number, ring: Ring, share: number): number {
  const floor = Math.ceil(sessions / ring.cap)
  return leastFrom(floor, (servers) => offHomeShare(sessions, servers, ring) <= share)
}

/** The fewest servers of which, with plain hashing, none passes the cap with a probability of 95 %. */
export function plainRingServers(sessions: number, ring: Ring): number {
  return leastFrom(Math.ceil(sessions / ring.cap), (servers) => {
    const mean = sessions / servers
    const above = upperTail((ring.cap - mean) / spread(mean, ring))
    return servers * above <= 0.05
  })
}

/** The least count from `floor` on that is good enough, for a test that stays true once it is. */
function leastFrom(floor: number, enough: (count: number) => boolean): number {
  if (floor <= 0) return 0
  let bad = floor - 1
  let good = floor
  while (!enough(good)) {
    bad = good
    good *= 2
  }
  while (good - bad > 1) {
    const middle = Math.floor((bad + good) / 2)
    if (enough(middle)) good = middle
    else bad = middle
  }
  return good
}
