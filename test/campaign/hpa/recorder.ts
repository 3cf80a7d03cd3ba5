import { setTimeout as pause } from 'node:timers/promises'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Limit } from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Reading } from '../../../src/simulate/autoscaler/proposal.ts'
import type { MetricSource } from './metrics-server.ts'
import type { Series, Sync } from './recording.ts'
import { type AutoscalerStatus, pools, ReplicaPool } from './replica-pool.ts'
import type { Subject } from './subjects.ts'

/** The pods follow a decision this long after the sync began, and the controller's cache knows them before the next. */
const followMs = 350
const cacheMs = 250
/** A sync takes this much longer than its second, so that no window or period ends right when one begins. */
const offBeatMs = 150

interface Begun {
  at: number
  specReplicas: number
  statusReplicas: number
  readyPods: number
  readings: Reading[]
}

/**
 * Stands where the controller reads its metrics: while it waits for a value, what it sees is looked up (the scale,
 * the pods), and what it decided at the sync before.
 */
class Watched {
  readonly pool: ReplicaPool
  readonly #subject: Subject
  readonly #syncs: Sync[] = []
  #begun: Begun | undefined
  #following: Promise<void> = Promise.resolve()
  #ended = false
  #actedAt: number | undefined

  constructor(cluster: Cluster, subject: Subject) {
    this.#subject = subject
    this.pool = new ReplicaPool(cluster, subject.name)
  }

  get series(): Series {
    return { name: this.#subject.name, rules: this.#subject.rules, syncs: this.#syncs }
  }

  async external(index: number): Promise<number | undefined> {
    if (index === 0) await this.#begin()
    const { rules, bands, script } = this.#subject
    const band = bands[index]
    if (!band || !this.#begun) throw new Error(`${this.pool.name} has no metric ${index}`)
    const perReplica = rules.metrics[index]?.type === 'AverageValue'
    const value = script.value(band, perReplica ? this.#begun.statusReplicas : 1)
    const reading = value === undefined ? undefined : value * 1000
    this.#begun.readings.push(reading)
    return reading
  }

  async cpu(): Promise<ReadonlyMap<string, number>> {
    await this.#begin()
    const { bands, script } = this.#subject
    const [band] = bands
    const begun = this.#begun
    if (!band || !begun) throw new Error(`${this.pool.name} has no metric`)
    const percent = script.value(band, 1)
    const missing = percent === undefined ? 0 : Math.min(script.missing(), this.pool.ready.length - 1)
    const measured = percent === undefined ? [] : this.pool.ready.slice(missing)
    const usedMilli = 10 * (percent ?? 0)
    const unready = this.pool.starting.length
    begun.readings.push(
      measured.length === 0
        ? undefined
        : {
            usedMilli: usedMilli * measured.length,
            requestMilli: 1000,
            measured: measured.length,
            missing,
            unready,
          },
    )
    return new Map(measured.map((pod) => [pod, usedMilli]))
  }

  /** The watch saw a new count in the scale. */
  acted(at: number): void {
    this.#actedAt = at
  }

  /** The recording is over: what the controller still asks is of no interest, and nothing more happens to the pods. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#following
  }

  async #begin(): Promise<void> {
    await this.#following
    if (this.#ended) throw new Error('the recording is over')
    const [specReplicas, status] = await Promise.all([this.pool.specReplicas(), this.pool.status()])
    if (this.#begun)
      this.#syncs.push({ ...finished(this.#begun, specReplicas, status), actedAt: this.#actedAt })
    this.#actedAt = undefined
    this.#subject.script.advance()
    const { statusReplicas, ready } = this.pool
    await pause(offBeatMs)
    // The controller takes its time when it has the value, which it has at once now.
    const at = performance.now()
    this.#begun = { at, specReplicas, statusReplicas, readyPods: ready.length, readings: [] }
    this.#following = this.#follow()
    // Whoever waits for it next is told.
    this.#following.catch(() => undefined)
  }

  async #follow(): Promise<void> {
    await pause(followMs)
    if (this.#ended) return
    const replicas = await this.pool.specReplicas()
    const { statusReplicas, starting } = this.pool
    if (replicas === statusReplicas && starting.length === 0) return
    await this.pool.follow(replicas)
    await pause(cacheMs)
  }
}

function finished(begun: Begun, decided: number, status: AutoscalerStatus): Omit<Sync, 'actedAt'> {
  const { at, specReplicas, statusReplicas, readyPods, readings } = begun
  const isOfThisSync = readings.every((reading, index) => isSeen(reading, status.metrics[index], begun))
  const limit = isOfThisSync ? (status.limit as Limit | undefined) : 'unknown'
  return { at, count: { specReplicas, statusReplicas, readyPods }, readings, decided, limit }
}

/** Whether a status shows the reading. One that lost a race against its predecessor is not written. */
function isSeen(reading: Reading, shown: number | undefined, { statusReplicas }: Begun): boolean {
  if (reading === undefined) return false
  if (typeof reading === 'number') return shown === reading || shown === Math.ceil(reading / statusReplicas)
  return shown === Math.trunc((100 * reading.usedMilli) / (reading.requestMilli * reading.measured))
}

export class Recorder implements MetricSource {
  readonly #watched: Map<string, Watched>
  readonly #subjects: readonly Subject[]
  readonly #cluster: Cluster
  readonly #over = new AbortController()

  constructor(cluster: Cluster, subjects: readonly Subject[]) {
    this.#cluster = cluster
    this.#subjects = subjects
    this.#watched = new Map(subjects.map((subject) => [subject.name, new Watched(cluster, subject)]))
  }

  async create(): Promise<void> {
    void this.#watch()
    await Promise.all(this.#subjects.map(({ name, rules }) => this.#of(name).pool.create(rules)))
  }

  async #watch(): Promise<void> {
    const replicas = new Map<string, number>()
    for await (const { type, object } of this.#cluster.watch(pools, { signal: this.#over.signal })) {
      if (type !== 'ADDED' && type !== 'MODIFIED') continue
      const { metadata, spec } = object as { metadata: { name: string }; spec: { replicas: number } }
      if (replicas.get(metadata.name) === spec.replicas) continue
      if (replicas.has(metadata.name)) this.#of(metadata.name).acted(performance.now())
      replicas.set(metadata.name, spec.replicas)
    }
  }

  external(metric: string): Promise<number | undefined> {
    const [name = '', index] = metric.split('.')
    return this.#of(name).external(Number(index))
  }

  cpu(app: string): Promise<ReadonlyMap<string, number>> {
    return this.#of(app).cpu()
  }

  /** Ends the recording: what was seen, from time 0. */
  async end(): Promise<Series[]> {
    await Promise.all([...this.#watched.values()].map((one) => one.end()))
    this.#over.abort()
    const all = [...this.#watched.values()].map(({ series }) => series)
    const start = Math.min(...all.flatMap(({ syncs }) => syncs.map(({ at }) => at)))
    return all.map((one) => ({
      ...one,
      syncs: one.syncs.map((sync) => ({
        ...sync,
        at: Math.round(sync.at - start),
        actedAt: sync.actedAt === undefined ? undefined : Math.round(sync.actedAt - start),
      })),
    }))
  }

  #of(name: string): Watched {
    const watched = this.#watched.get(name)
    if (!watched) throw new Error(`the controller asks for ${name}, which nobody knows`)
    return watched
  }
}
