/** A consistent hash ring: who owns which slot, and who comes next where that one cannot take more. */
export interface Ring {
  /** For each slot the place in `owners` from which a search begins. */
  first: Int32Array
  /** Servers in order around the ring, one entry per slot that a virtual node took. */
  owners: Int32Array
}

/**
 * Every server takes `virtualNodes` places on a circle of 2³² that is cut into `slots`. Where two nodes fall into
 * one slot the one that comes first on the circle keeps it: with few slots that is what makes a ring uneven.
 */
export function ringOf(servers: readonly number[], slots: number, virtualNodes: number): Ring {
  const best = new Float64Array(slots).fill(Number.POSITIVE_INFINITY)
  const owner = new Int32Array(slots).fill(-1)
  for (const server of servers) {
    for (let node = 0; node < virtualNodes; node += 1) {
      const place = hash(server, node + 1)
      const slot = slotOf(place, slots)
      if (place >= (best[slot] as number)) continue
      best[slot] = place
      owner[slot] = server
    }
  }
  const owners = owner.filter((server) => server >= 0)
  const first = new Int32Array(slots)
  let next = owners.length
  for (let slot = slots - 1; slot >= 0; slot -= 1) {
    if ((owner[slot] as number) >= 0) next -= 1
    first[slot] = next
  }
  return { first: first.map((place) => (place === owners.length ? 0 : place)), owners }
}

/** The server that a key falls to among those that `takes` accepts; −1 where none does. */
export function place(ring: Ring, key: number, takes: (server: number) => boolean): number {
  const { first, owners } = ring
  if (owners.length === 0) return -1
  let at = first[slotOf(hash(key, 0), first.length)] as number
  let last = -1
  for (let step = 0; step < owners.length; step += 1) {
    const server = owners[at] as number
    if (server !== last && takes(server)) return server
    last = server
    at = at + 1 === owners.length ? 0 : at + 1
  }
  return -1
}

function slotOf(place: number, slots: number): number {
  return Math.floor((place / 4294967296) * slots)
}

/** 32 bits, well mixed (the finaliser of MurmurHash3). */
function hash(key: number, salt: number): number {
  let mixed = Math.imul(key, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca77)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
