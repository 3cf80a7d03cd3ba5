import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lines } from '../../../src/simulate/kernel/lines.ts'
import { Places } from '../../../src/simulate/kernel/places.ts'
import { Servers } from '../../../src/simulate/kernel/servers.ts'

describe('Lines', () => {
  it('agrees with arrays on any mix of joining, leaving and being served', () => {
    // Few are taken, so that lines are long and many leave from their middle.
    const step = fc.record({
      customer: fc.nat(60),
      priority: fc.nat(3),
      take: fc.nat(9).map((part) => part === 0),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'medium' }), (steps) => {
        const lines = new Lines(4)
        const arrays: number[][] = [[], [], [], []]
        for (const { customer, priority, take } of steps) {
          const place = arrays.find((array) => array.includes(customer))
          expect(lines.has(customer)).toBe(place !== undefined)
          const took = take ? lines.take() : -1
          expect(took).toBe(take ? (arrays.find((array) => array.length > 0)?.shift() ?? -1) : -1)
          const stands = arrays.find((array) => array.includes(customer))
          expect(lines.leave(customer)).toBe(stands !== undefined)
          stands?.splice(stands.indexOf(customer), 1)
          if (!take && !stands) {
            lines.join(customer, priority)
            arrays[priority]?.push(customer)
          }
          expect(lines.length).toBe(arrays.flat().length)
          expect(arrays.map((_, index) => lines.lengthOf(index))).toEqual(arrays.map((array) => array.length))
          expect(arrays.map((_, index) => lines.firstOf(index))).toEqual(
            arrays.map((array) => array[0] ?? -1),
          )
        }
      }),
    )
  })

  it('lets nobody stand twice', () => {
    const lines = new Lines(2)
    lines.join(3)
    expect(() => lines.join(3, 1)).toThrow('customer 3 is in line already')
  })
})

describe('Servers', () => {
  it('serve while one is free, then let wait, then refuse', () => {
    const servers = new Servers({ count: 1, room: 1 })
    expect(servers.admit(0, 1)).toBe('served')
    expect(servers.admit(1, 2)).toBe('waits')
    expect(servers.admit(2, 3)).toBe('refused')
    expect(servers.release(4)).toBe(2)
    expect(servers.release(6)).toBe(-1)
    expect(servers.busy.mean(8)).toBe(6 / 8)
    expect(servers.waiting.mean(8)).toBe(3 / 8)
  })

  it('serve the first class first', () => {
    const servers = new Servers({ count: 1, classes: 3 })
    servers.admit(0, 1)
    servers.admit(0, 2, 2)
    servers.admit(0, 3, 1)
    servers.admit(0, 4, 1)
    expect([servers.release(1), servers.release(2), servers.release(3)]).toEqual([3, 4, 2])
  })

  it('forget who gave up', () => {
    const servers = new Servers({ count: 1 })
    servers.admit(0, 1)
    servers.admit(0, 2)
    expect(servers.abandon(1, 2)).toBe(true)
    expect(servers.abandon(1, 2)).toBe(false)
    expect(servers.release(2)).toBe(-1)
  })

  it('can grow while some wait, and shrink while all are busy', () => {
    const servers = new Servers({ count: 2 })
    for (const customer of [1, 2, 3, 4]) servers.admit(0, customer)
    servers.resize(3)
    expect([servers.serveNext(1), servers.serveNext(1)]).toEqual([3, -1])
    servers.resize(1)
    expect([servers.release(2), servers.release(2)]).toEqual([-1, -1])
    expect(servers.release(3)).toBe(4)
  })
})

describe('Places', () => {
  it('gives back numbers before new ones', () => {
    const places = new Places()
    expect([places.take(), places.take(), places.take()]).toEqual([0, 1, 2])
    places.giveBack(1)
    expect([places.take(), places.take(), places.highest]).toEqual([1, 3, 4])
  })

  it('takes back any number of them', () => {
    const places = new Places()
    const taken = Array.from({ length: 500 }, () => places.take())
    for (const place of taken) places.giveBack(place)
    expect(new Set(taken.map(() => places.take())).size).toBe(500)
  })
})
