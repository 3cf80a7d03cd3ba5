import { states } from './pool.ts'
import { place, type Ring, ringOf } from './ring.ts'

export interface MediaServer {
  region: number
  zone: number
  state: number
  sessions: number
  draining: boolean
  drainsUntil: number
  /** What the balancer believes, and how many checks in a row say otherwise. */
  trusted: boolean
  misses: number
}

export interface RingNumbers {
  slots: number
  virtualNodes: number
  /** Sessions that a server takes at most; Infinity without a cap. */
  cap: number
}

/** The media servers of one region behind their session balancer. Servers are numbered over all regions. */
export class Fleet {
  readonly numbers: number[] = []
  sessions = 0
  held = false
  #ring: Ring | undefined
  readonly #all: MediaServer[]
  readonly #region: number
  readonly #zones: number
  readonly #config: RingNumbers

  constructor(input: { all: MediaServer[]; region: number; zones: number; config: RingNumbers }) {
    this.#all = input.all
    this.#region = input.region
    this.#zones = input.zones
    this.#config = input.config
  }

  get(number: number): MediaServer {
    return this.#all[number] as MediaServer
  }

  start(state: number): number {
    const perZone = Array.from({ length: this.#zones }, () => 0)
    for (const number of this.present()) {
      const { zone } = this.get(number)
      perZone[zone] = (perZone[zone] ?? 0) + 1
    }
    const number = this.#all.length
    this.#all.push({
      region: this.#region,
      zone: perZone.indexOf(Math.min(...perZone)),
      state,
      sessions: 0,
      draining: false,
      drainsUntil: -1,
      trusted: state === states.ready,
      misses: 0,
    })
    this.numbers.push(number)
    this.changed()
    return number
  }

  /** All that are not gone. */
  present(): number[] {
    return this.numbers.filter((number) => this.get(number).state !== states.gone)
  }

  /** Those that count for the autoscaler: not draining, not gone. */
  wanted(): number[] {
    return this.present().filter((number) => !this.get(number).draining)
  }

  ready(): number[] {
    return this.present().filter((number) => this.get(number).state === states.ready)
  }

  /** The ring is made anew at the next search. */
  changed(): void {
    this.#ring = undefined
  }

  /** The server for a session, never `not`; −1 where none has room. A dead one is found while it is trusted. */
  find(session: number, not: number): number {
    this.#ring ??= ringOf(this.#listed(), this.#config.slots, this.#config.virtualNodes)
    return place(
      this.#ring,
      session,
      (number) => number !== not && this.get(number).sessions < this.#config.cap,
    )
  }

  #listed(): number[] {
    return this.present().filter((number) => this.get(number).trusted && !this.get(number).draining)
  }

  /**
   * One round of health checks. A server leaves the ring after `bad` failed rounds and is back after `good` passed
   * ones; the very first round that passes lets a new one in.
   */
  check(alive: boolean, { bad, good }: { bad: number; good: number }): void {
    for (const number of this.present()) {
      const server = this.get(number)
      const passes = alive && server.state === states.ready
      if (passes === server.trusted) {
        server.misses = 0
        continue
      }
      server.misses += 1
      const isNew = passes && server.sessions === 0 && server.misses === 1
      if (server.misses < (passes ? good : bad) && !isNew) continue
      server.trusted = passes
      server.misses = 0
      this.changed()
    }
  }
}
