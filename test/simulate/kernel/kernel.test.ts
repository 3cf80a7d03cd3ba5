import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../src/simulate/kernel/event-log.ts'
import { Kernel } from '../../../src/simulate/kernel/kernel.ts'

const subjectsOf = (kernel: Kernel, until = Infinity): number[] => {
  const seen: number[] = []
  kernel.run(until, (_, subject) => seen.push(subject))
  return seen
}

describe('Kernel', () => {
  it('handles events by time, and at one time in the order in which they were scheduled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 300, size: 'medium' }), (times) => {
        const kernel = new Kernel()
        times.forEach((time, index) => kernel.schedule(time, 0, index))
        const expected = times.map((_, index) => index).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
        expect(subjectsOf(kernel)).toEqual(expected)
      }),
    )
  })

  it('agrees with a sorted list on any mix of scheduling, cancelling and running', () => {
    const step = fc.record({ delay: fc.nat(9), cancel: fc.option(fc.nat(200)), run: fc.option(fc.nat(5)) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'medium' }), (steps) => {
        const kernel = new Kernel({ pending: 1 })
        const list: { at: number; id: number; handle: number }[] = []
        const seen: number[] = []
        const expected: number[] = []
        steps.forEach(({ delay, cancel, run }, id) => {
          list.push({ at: kernel.now + delay, id, handle: kernel.after(delay, 1, id) })
          const [victim] = cancel === null ? [] : list.splice(cancel % list.length, 1)
          const cancelled = victim === undefined || kernel.cancel(victim.handle, 1, victim.id)
          expect(cancelled).toBe(true)
          if (run !== null) {
            const until = kernel.now + run
            kernel.run(until, (_, subject) => seen.push(subject))
            const due = list.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at || a.id - b.id)
            expected.push(...due.map((event) => event.id))
            for (const event of due) list.splice(list.indexOf(event), 1)
          }
          expect(kernel.pending).toBe(list.length)
        })
        expect(seen).toEqual(expected)
      }),
    )
  })

  it('lets a handler schedule several successors, or none, and cancel others', () => {
    const kernel = new Kernel()
    const seen: string[] = []
    const doomed = kernel.schedule(3, 7, 70)
    kernel.schedule(1, 1, 1)
    kernel.run(Infinity, (type, subject, detail) => {
      seen.push(`${kernel.now} ${type} ${subject} ${detail}`)
      if (type !== 1) return
      kernel.attach(kernel.after(2, 2, 2), 22)
      kernel.after(0, 3, 3)
      kernel.after(1, 4, 4)
      expect(kernel.pending).toBe(4)
      expect(kernel.cancel(doomed, 7, 70)).toBe(true)
      expect(kernel.pending).toBe(3)
    })
    expect(seen).toEqual(['1 1 1 0', '1 3 3 0', '2 4 4 0', '3 2 2 22'])
  })

  it('does not cancel what is done, what is cancelled, or what took its place', () => {
    const kernel = new Kernel()
    const done = kernel.schedule(1, 1, 10)
    kernel.run(1, () => undefined)
    expect(kernel.cancel(done, 1, 10)).toBe(false)
    const other = kernel.schedule(2, 1, 11)
    expect(other).toBe(done)
    expect(kernel.cancel(done, 1, 10)).toBe(false)
    expect(kernel.cancel(other, 1, 11)).toBe(true)
    expect(kernel.cancel(other, 1, 11)).toBe(false)
    expect(kernel.cancel(-1, 1, 11)).toBe(false)
    expect(kernel.cancel(99, 1, 11)).toBe(false)
    expect(subjectsOf(kernel)).toEqual([])
  })

  it('keeps the order of ten thousand events while nine of ten are cancelled', () => {
    const kernel = new Kernel()
    const handles = Array.from({ length: 10_000 }, (_, id) => kernel.schedule((id * 7919) % 1000, 1, id))
    handles.forEach((handle, id) => id % 10 !== 0 && kernel.cancel(handle, 1, id))
    const kept = handles.map((_, id) => id).filter((id) => id % 10 === 0)
    expect(kernel.pending).toBe(kept.length)
    const time = (id: number): number => (id * 7919) % 1000
    expect(subjectsOf(kernel)).toEqual(kept.toSorted((a, b) => time(a) - time(b) || a - b))
  })

  it('runs until a time, where its clock then stands, and goes on from there', () => {
    const kernel = new Kernel()
    for (const at of [1, 2, 2, 3]) kernel.schedule(at, 0, at)
    expect(subjectsOf(kernel, 2)).toEqual([1, 2, 2])
    expect(kernel.now).toBe(2)
    expect(subjectsOf(kernel, 2.5)).toEqual([])
    expect(kernel.now).toBe(2.5)
    expect(subjectsOf(kernel)).toEqual([3])
    expect(kernel.now).toBe(3)
  })

  it('stops after the event that asks for it, and after as many as it may handle', () => {
    const kernel = new Kernel()
    for (const at of [1, 2, 3, 4]) kernel.schedule(at, 0, at)
    const stopsAtTwo = (_: number, subject: number): void => {
      if (subject === 2) kernel.stop()
    }
    expect(kernel.run(10, stopsAtTwo)).toBe(2)
    expect(kernel.now).toBe(2)
    expect(kernel.run(10, () => undefined, 1)).toBe(1)
    expect(kernel.now).toBe(3)
    expect(kernel.run(10, () => undefined)).toBe(1)
  })

  it('goes on after a handler that threw', () => {
    const kernel = new Kernel()
    for (const at of [1, 2]) kernel.schedule(at, 0, at)
    const fails = (): void => {
      throw new Error('no')
    }
    expect(() => kernel.run(10, fails)).toThrow('no')
    expect(subjectsOf(kernel)).toEqual([2])
  })

  it.each([-1, Number.NaN, Infinity])('refuses an event after %d', (delay) => {
    const kernel = new Kernel()
    expect(() => kernel.after(delay, 5, 0)).toThrow(/event of type 5 at .*, which is not a time from 0 on/)
  })
})

describe('EventLog', () => {
  const run = (count: number, wrong = -1): EventLog => {
    const log = new EventLog()
    const kernel = new Kernel({ log })
    for (let at = 0; at < count; at += 1) kernel.attach(kernel.schedule(at, 1, at), at === wrong ? 1 : 0)
    kernel.run(Infinity, () => undefined)
    return log
  }

  it('is the same for the same events and different for one detail in thousands', () => {
    expect(run(3000).digest()).toBe(run(3000).digest())
    expect(run(3000, 1500).digest()).not.toBe(run(3000).digest())
  })

  it('can be read while it goes on', () => {
    const log = run(10)
    expect(log.digest()).toBe(log.digest())
    const before = log.digest()
    log.add(11)
    expect(log.digest()).not.toBe(before)
  })
})
