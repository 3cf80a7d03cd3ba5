import { describe, expect, it } from 'vitest'
import { offHomeShare } from '../../src/capacity/sfu.ts'
import { place, ringOf } from '../../src/simulate/model/ring.ts'

function fill(input: { sessions: number; servers: number; slots: number; cap: number }) {
  const servers = Array.from({ length: input.servers }, (_, index) => index)
  const ring = ringOf(servers, input.slots, 150)
  const held = servers.map(() => 0)
  let away = 0
  for (let session = 0; session < input.sessions; session += 1) {
    const home = place(ring, session, () => true)
    const server = place(ring, session, (one) => (held[one] ?? 0) < input.cap)
    if (server !== home) away += 1
    if (server >= 0) held[server] = (held[server] ?? 0) + 1
  }
  return { held, awayShare: away / input.sessions }
}

describe('the hash ring', () => {
  it('never passes the cap, and sends as many off home as the capacity plan says', () => {
    for (const servers of [130, 140, 150]) {
      const { held, awayShare } = fill({ sessions: 10_000, servers, slots: 65_537, cap: 80 })
      expect(Math.max(...held)).toBeLessThanOrEqual(80)
      expect(
        Math.abs(awayShare - offHomeShare(10_000, servers, { cap: 80, virtualNodes: 150 })),
      ).toBeLessThan(0.02)
    }
  })

  it('moves only the sessions of a server that leaves', () => {
    const before = ringOf([0, 1, 2, 3, 4], 65_537, 150)
    const after = ringOf([0, 1, 3, 4], 65_537, 150)
    const sessions = Array.from({ length: 2000 }, (_, session) => session)
    const home = (session: number) => place(before, session, () => true)
    const stay = sessions.filter((session) => home(session) !== 2)
    expect(stay.map((session) => place(after, session, () => true))).toEqual(stay.map(home))
  })

  it('is uneven with the 1,024 slots of the document', () => {
    const sessions = 50_000
    const most = (slots: number) =>
      Math.max(...fill({ sessions, servers: 125, slots, cap: Number.POSITIVE_INFINITY }).held)
    expect(most(1024)).toBeGreaterThan(1.6 * (sessions / 125))
    expect(most(65_537)).toBeLessThan(1.4 * (sessions / 125))
  })

  it('finds nobody where nobody has room', () => {
    expect(place(ringOf([], 1024, 150), 7, () => true)).toBe(-1)
    expect(place(ringOf([1, 2], 1024, 150), 7, () => false)).toBe(-1)
  })
})
