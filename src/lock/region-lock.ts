import type { Clock } from '../clock.ts'
import { Failure } from '../failure.ts'
import type { Hold } from './hold.ts'
import { holderText } from './holder.ts'
import { leaseDurationMs, type LeaseState, type LeaseStore } from './lease.ts'

export interface RegionLockInput {
  store: LeaseStore
  /** As it was written by the acquisition. */
  lease: LeaseState
  token: string
  region: string
  /** When that write was sent, by both clocks. */
  sent: Sent
}

interface Sent {
  ms: number
  at: Date
}

const renewEveryMs = 5000
/** A renewal that is slower than this is tried again by the next one. */
const renewDeadlineMs = 4000
/** Before the end of the Lease: what was asked for a moment ago must have arrived before somebody else may begin. */
const marginMs = 2000

/**
 * A lock that was acquired: renewed until released. Its end is judged by this process's own clocks, counted from
 * the sending of the last renewal that succeeded, and asked before every write. So a process that was paused, or
 * cut off, past the end of its Lease sends nothing more when it goes on, although nobody could tell it so.
 */
export class RegionLock implements Hold {
  readonly fencingNumber: number
  readonly #input: RegionLockInput
  readonly #clock: Clock
  readonly #lost = new AbortController()
  readonly #renewals: { stop(): void }
  #lease: LeaseState
  #sent: Sent
  #renewing: Promise<void> | undefined

  constructor(input: RegionLockInput, c: { clock: Clock }) {
    this.#input = input
    this.#clock = c.clock
    this.#lease = input.lease
    this.#sent = input.sent
    this.fencingNumber = input.lease.fencingNumber
    this.#renewals = c.clock.every(renewEveryMs, () => {
      this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined))
    })
  }

  get signal(): AbortSignal {
    return this.#lost.signal
  }

  assertHeld(): void {
    if (!this.#lost.signal.aborted && this.#isOver()) this.#lose('could not be renewed in time')
    if (this.#lost.signal.aborted) throw this.#lost.signal.reason
  }

  /** Gives the lock back, unless somebody else has it already. Never throws: an unreleased lock ends by itself. */
  async release(): Promise<void> {
    this.#renewals.stop()
    await this.#renewing
    if (this.#lost.signal.aborted) return
    this.#lost.abort(this.#failure('was given back'))
    const free = { ...this.#lease, holder: undefined, renewedAt: this.#clock.now().toISOString() }
    await this.#input.store.write(free, renewDeadlineMs).catch(() => undefined)
  }

  #isOver(): boolean {
    const limitMs = leaseDurationMs - marginMs
    // A suspended machine stops the one clock, a corrected time moves the other: whichever says so first.
    return (
      this.#clock.monotonicMs() - this.#sent.ms > limitMs ||
      this.#clock.now().getTime() - this.#sent.at.getTime() > limitMs
    )
  }

  async #renew(): Promise<void> {
    if (this.#lost.signal.aborted) return
    if (this.#isOver()) return this.#lose('could not be renewed in time')
    try {
      if (await this.#extend()) return
      const lease = await this.#ours()
      if (!lease) return
      this.#lease = lease
      await this.#extend()
    } catch {
      // No answer: the next renewal may get one, and without any the lock ends by the clock.
    }
  }

  /** @returns false when the Lease is no longer as we know it. */
  async #extend(): Promise<boolean> {
    const sent = { ms: this.#clock.monotonicMs(), at: this.#clock.now() }
    const next = { ...this.#lease, renewedAt: sent.at.toISOString() }
    const lease = await this.#input.store.write(next, renewDeadlineMs)
    if (!lease) return false
    this.#lease = lease
    this.#sent = sent
    return true
  }

  /** After a refused renewal: an earlier one may have arrived although its answer did not. */
  async #ours(): Promise<LeaseState | undefined> {
    const lease = await this.#input.store.read()
    if (lease.holder?.token === this.#input.token) return lease
    const { holder, broken } = lease
    this.#lose(
      holder ? `was taken by ${holderText(holder)}` : `was broken: ${broken?.reason ?? 'it is gone'}`,
    )
    return undefined
  }

  #lose(how: string): void {
    this.#renewals.stop()
    if (!this.#lost.signal.aborted) this.#lost.abort(this.#failure(how))
  }

  #failure(how: string): Failure {
    const { region } = this.#input
    return new Failure('LOCKED', `the lock of region ${region} ${how}: nothing more was written`, {
      region,
      retryable: true,
      next: `see how far it came with iv status --region ${region}, then run the same command again`,
    })
  }
}
