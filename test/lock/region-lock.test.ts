import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acquireLock, refuseWhereLocked } from '../../src/lock/acquire.ts'
import { Holds } from '../../src/lock/hold.ts'
import { type Holder, isProvablyDead, thisHolder } from '../../src/lock/holder.ts'
import { leaseDurationMs, LeaseStore, noLease } from '../../src/lock/lease.ts'
import type { RegionLock } from '../../src/lock/region-lock.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { systemRandom } from '../../src/random.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { type LeaseServer, leaseServer } from './lease-server.ts'

const stack = { region: 'us-east', project: 'interview', stack: 'local.us-east' }
let server: LeaseServer
let clock: ManualClock
let host: RecorderHost
let locks: RegionLock[]
beforeEach(() => {
  server = leaseServer()
  clock = new ManualClock()
  host = new RecorderHost()
  locks = []
})
afterEach(() => Promise.all(locks.map((lock) => lock.release())))

const c = () => ({ clock, host, random: systemRandom, signal: new AbortController().signal })

async function acquire(): Promise<RegionLock> {
  const lock = await acquireLock({ ...stack, cluster: server, command: 'deploy', runId: '01RUN' }, c())
  locks.push(lock)
  return lock
}

const elsewhere: Holder = { host: 'build-7', pid: 4711, command: 'deploy', runId: '01OTHER', token: 'theirs' }

/** A Lease of that holder, renewed that long ago. */
async function heldBy(holder: Holder, ageMs: number): Promise<void> {
  const at = new Date(clock.now().getTime() - ageMs).toISOString()
  const seen = await new LeaseStore(server, stack).read()
  const lease = { ...seen, holder, acquiredAt: at, renewedAt: at, fencingNumber: seen.fencingNumber + 1 }
  await new LeaseStore(server, stack).write(lease)
}

describe('the lock of a region', () => {
  test('is taken, told apart by a number that always rises, and given back', async () => {
    const first = await acquire()
    expect(first.fencingNumber).toBe(1)
    expect(server.stored()).toMatchObject({ spec: { leaseDurationSeconds: 15, leaseTransitions: 1 } })
    await first.release()
    expect(server.stored()).toMatchObject({ spec: { holderIdentity: '' } })
    expect((await acquire()).fencingNumber).toBe(2)
  })

  test('is refused while another machine has it, with holder and age', async () => {
    await heldBy(elsewhere, 7000)
    const refused = acquire()
    await expect(refused).rejects.toMatchObject({ code: 'LOCKED', region: 'us-east', retryable: true })
    await expect(refused).rejects.toThrow(/build-7 \(iv deploy, process 4711, run 01OTHER\) for 7 s/)
    await expect(refuseWhereLocked({ ...stack, cluster: server }, c())).rejects.toMatchObject({
      code: 'LOCKED',
    })
  })

  test('of a process of this machine that is gone is taken over at once', async () => {
    const dead = { ...thisHolder({ command: 'deploy', runId: '01DEAD', token: 'dead' }), pid: 2 ** 22 + 1 }
    expect(isProvablyDead(dead)).toBe(true)
    await heldBy(dead, 0)
    expect((await acquire()).fencingNumber).toBe(2)
    expect(host.of('lock.taken-over')).toHaveLength(1)
  })

  test('that looks expired is watched for its whole duration first, since clocks differ', async () => {
    await heldBy(elsewhere, 60_000)
    let taken: RegionLock | undefined
    const taking = acquire().then((lock) => (taken = lock))
    await clock.advance(0)
    await clock.advance(leaseDurationMs - 1500)
    expect(taken).toBeUndefined()
    await clock.advance(3000)
    await taking
    expect(taken?.fencingNumber).toBe(2)
  })

  test('that is renewed while it is watched stays where it is', async () => {
    await heldBy(elsewhere, 60_000)
    const taking = Promise.allSettled([acquire()])
    await clock.advance(5000)
    await heldBy(elsewhere, 60_000)
    await clock.advance(2000)
    expect(await taking).toMatchObject([{ status: 'rejected', reason: { code: 'LOCKED' } }])
  })

  test('is held by nobody who can be proven gone from another boot, or from another numbering of processes', () => {
    const holder = { ...thisHolder({ command: 'deploy', runId: '', token: '' }), pid: 2 ** 22 + 1 }
    expect(isProvablyDead({ ...holder, startTime: 'another-boot/1' })).toBe(false)
    expect(isProvablyDead({ ...holder, pidSpace: 'pid:[1]' })).toBe(false)
  })

  test('written by hand has a holder about whom nothing is known', async () => {
    await heldBy(elsewhere, 0)
    Object.assign(server.stored()?.['spec'] as object, { holderIdentity: 'somebody' })
    const { holder } = await new LeaseStore(server, stack).read()
    expect(holder).toMatchObject({ host: 'somebody', pid: 0 })
  })
})

describe('a lock that is held', () => {
  test('is renewed for as long as it is held', async () => {
    const lock = await acquire()
    await clock.advance(10 * leaseDurationMs)
    expect(() => lock.assertHeld()).not.toThrow()
    expect(lock.signal.aborted).toBe(false)
    await expect(refuseWhereLocked({ ...stack, cluster: server }, c())).rejects.toMatchObject({
      code: 'LOCKED',
    })
  })

  test('survives a short cut of the network, and a renewal whose answer was lost', async () => {
    const lock = await acquire()
    server.cut(true)
    await clock.advance(6000)
    server.cut(false)
    const store = new LeaseStore(server, stack)
    await store.write({ ...(await store.read()), renewedAt: clock.now().toISOString() })
    await clock.advance(20_000)
    expect(lock.signal.aborted).toBe(false)
  })

  test('is lost by the clock alone before anybody else may have it', async () => {
    const lock = await acquire()
    server.cut(true)
    await clock.advance(12_900)
    expect(() => lock.assertHeld()).not.toThrow()
    await clock.advance(200)
    expect(() => lock.assertHeld()).toThrow('could not be renewed in time')
    expect(lock.signal.reason).toMatchObject({ code: 'LOCKED', retryable: true })
  })

  test('is lost at the next renewal when somebody has taken it, and then not given back', async () => {
    const lock = await acquire()
    await heldBy(elsewhere, 0)
    await clock.advance(5000)
    expect(lock.signal.aborted).toBe(true)
    expect(() => lock.assertHeld()).toThrow('was taken by build-7')
    await lock.release()
    expect(server.stored()).toMatchObject({ spec: { holderIdentity: expect.stringContaining('build-7') } })
  })
})

test('of many that want it at once, exactly one gets it, every time', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const ends = await Promise.allSettled(Array.from({ length: 8 }, acquire))
    const won = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    expect(won.map((lock) => lock.fencingNumber)).toEqual([round])
    await won[0]?.release()
  }
})

test('a write for a stack without its lock is a defect, and one after its loss is refused', async () => {
  const holds = new Holds()
  expect(() => holds.assertMayWrite(stack)).toThrow('without its lock')
  const lock = await acquire()
  holds.add(stack, lock)
  holds.assertMayWrite(stack)
  await lock.release()
  expect(() => holds.assertMayWrite(stack)).toThrow('was given back')
  expect(noLease.holder).toBeUndefined()
})
