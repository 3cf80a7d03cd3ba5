import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import type { Collaborators } from '../collaborators.ts'
import { Failure, toFailure } from '../failure.ts'
import { labels, managedBy } from '../names.ts'
import type { PoolPlan, WorkloadPlan } from '../platform/region-plan.ts'
import { ensureMinimum } from './minimum.ts'
import { poolState, type PoolState } from './pool-state.ts'

export interface RolloutInput {
  region: string
  cluster: Cluster
  pools: readonly WorkloadPlan[]
}

type RolloutCollaborators = Pick<Collaborators, 'clock' | 'host' | 'signal'>

const deployments = '/apis/apps/v1/deployments'
const ours = `${labels.managedBy}=${managedBy}`
/** Pause before a watch that broke is begun again. */
const againMs = 1000

/**
 * Follows the Deployments of a region's pools while the engine makes them and until they are Ready, by a watch.
 * Gives each new one its minimum as soon as it appears: the engine itself waits for readiness, so the instances
 * have to start while it works.
 */
export class Rollout {
  readonly #input: RolloutInput
  readonly #c: RolloutCollaborators
  readonly #stop = new AbortController()
  readonly #seen = new Map<string, JsonObject>()
  readonly #told = new Map<string, string>()
  readonly #settled = new Set<string>()
  #change = Promise.withResolvers<void>()
  #failure: Failure | undefined
  #following: Promise<void> | undefined

  constructor(input: RolloutInput, c: RolloutCollaborators) {
    this.#input = input
    this.#c = c
  }

  /** Begins to follow. Call once. */
  start(): this {
    this.#following = this.#follow().catch((error: unknown) => {
      this.#failure = toFailure(error)
      this.#changed()
    })
    return this
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#following
  }

  states(): PoolState[] {
    return this.#input.pools.map((pool) => poolState(pool, this.#seen.get(keyOf(pool))))
  }

  /**
   * Resolves when every pool is Ready.
   * @throws Failure `OPERATION` naming what is missing, when the time allowed for the slowest pool has passed.
   */
  async ready(): Promise<PoolState[]> {
    const limitMs = Math.max(0, ...this.#input.pools.map((pool) => pool.wait.create.ms))
    const deadline = this.#c.clock.deadline(limitMs, new Error('not ready in time'))
    const over = AbortSignal.any([deadline.signal, this.#c.signal])
    const stopped = new Promise<void>((resolve) =>
      over.addEventListener('abort', () => resolve(), { once: true }),
    )
    try {
      for (;;) {
        if (this.#failure) throw this.#failure
        const states = this.states()
        if (this.#settled.size === this.#input.pools.length && states.every((state) => state.isReady))
          return states
        this.#c.signal.throwIfAborted()
        if (deadline.signal.aborted) throw notReady(this.#input.region, states, limitMs)
        await Promise.race([this.#change.promise, stopped])
      }
    } finally {
      deadline.cancel()
    }
  }

  async #follow(): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, this.#c.signal])
    while (!signal.aborted) {
      const resourceVersion = await this.#list()
      const options = { signal, resourceVersion, labelSelector: ours }
      for await (const event of this.#input.cluster.watch(deployments, options)) {
        if (event.type === 'ERROR') break
        if (event.type !== 'BOOKMARK') await this.#see(event.object, event.type === 'DELETED')
      }
      if (!signal.aborted) await this.#c.clock.sleep(againMs, signal).catch(() => undefined)
    }
  }

  async #list(): Promise<string> {
    const path = `${deployments}?labelSelector=${encodeURIComponent(ours)}`
    const response = await this.#input.cluster.request({ method: 'GET', path })
    if (response.status !== 200) throw failureOf(response, 'list of Deployments')
    const { items, metadata } = response.body as {
      items?: JsonObject[]
      metadata?: { resourceVersion?: string }
    }
    await Promise.all((items ?? []).map((item) => this.#see(item, false)))
    return metadata?.resourceVersion ?? ''
  }

  async #see(object: JsonObject, isDeleted: boolean): Promise<void> {
    const { name, namespace } = object['metadata'] as { name: string; namespace: string }
    const pool = this.#input.pools.find((plan) => plan.workload === name && plan.namespace === namespace)
    if (!pool) return
    const key = keyOf(pool)
    if (isDeleted) {
      this.#seen.delete(key)
      this.#settled.delete(key)
    } else {
      await this.#take(pool, object)
    }
    this.#tell(pool)
    this.#changed()
  }

  async #take(pool: PoolPlan, object: JsonObject): Promise<void> {
    const key = keyOf(pool)
    // After our own write the watch still brings what was before it, with the old count complete.
    if (generationOf(object) < generationOf(this.#seen.get(key))) return
    this.#seen.set(key, object)
    if (this.#settled.has(key)) return
    const { deployment, isWritten } = await ensureMinimum(this.#input.cluster, pool, object)
    if (!deployment) return
    this.#seen.set(key, deployment)
    this.#settled.add(key)
    if (!isWritten) return
    const data = { pool: pool.name, replicas: pool.minimum }
    this.#c.host.notify('deploy.minimum-set', data, this.#input.region)
  }

  #tell(pool: PoolPlan): void {
    const { ready, desired } = poolState(pool, this.#seen.get(keyOf(pool)))
    const text = `${ready}/${desired}`
    const before = this.#told.get(pool.name)
    this.#told.set(pool.name, text)
    // The first look at a pool that stands is no news.
    if (before === text || (before === undefined && ready === desired)) return
    this.#c.host.notify('deploy.pool', { pool: pool.name, ready, desired }, this.#input.region)
  }

  #changed(): void {
    const before = this.#change
    this.#change = Promise.withResolvers()
    before.resolve()
  }
}

function generationOf(object: JsonObject | undefined): number {
  const metadata = object?.['metadata'] as { generation?: number } | undefined
  return metadata?.generation ?? 0
}

function keyOf(pool: PoolPlan): string {
  return `${pool.namespace}/${pool.workload}`
}

function notReady(region: string, states: readonly PoolState[], limitMs: number): Failure {
  const missing = states
    .filter((state) => !state.isReady)
    .map(
      (state) => `${state.name} ${state.ready}/${state.desired}${state.reason ? ` (${state.reason})` : ''}`,
    )
  return new Failure('OPERATION', `not ready after ${Math.round(limitMs / 1000)} s: ${missing.join('; ')}`, {
    region,
    next: `iv status --region ${region} shows nodes and pools`,
    retryable: true,
  })
}
