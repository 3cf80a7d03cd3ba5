import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { isFailure } from '../failure.ts'
import { Driver, type EngineSettings, type Operation } from './driver.ts'
import type {
  Bond,
  Engine,
  EngineResult,
  PreviewOptions,
  ResourceChange,
  StackName,
  StackRecord,
  StackTarget,
} from './engine.ts'
import { dropIntents, oneCheckpoint, readIntents, unrecorded, writeIntents } from './intents.ts'
import { isAbandoned, readLocks } from './lock.ts'
import { defaultStateFolder, engineFolder, fileBackendFolder } from './places.ts'
import { formatRecord, parseRecord, recordTag } from './record.ts'
import { assertRoom, isCut, repair } from './state-care.ts'
import { countPending, readStackRecord, recordedObjects } from './state-file.ts'
import { endSurvivors } from './survivors.ts'

/** Steps that may be under way at once. Most wait for the server, so it is not the number of cores. */
const parallel = 32
const common = { color: 'never', suppressOutputs: true, suppressProgress: true, parallel } as const

interface Within {
  bond?: Bond
  targets?: readonly string[] | undefined
}

function limits({ bond, targets }: Within): { plan?: string; target?: string[] } {
  return {
    ...(bond === undefined ? {} : { plan: bond }),
    ...(targets === undefined ? {} : { target: [...targets] }),
  }
}

export function makeEngine(settings: EngineSettings, c: Collaborators): Engine {
  return new PulumiEngine(settings, c)
}

class PulumiEngine implements Engine {
  readonly #ownKey: boolean
  /** Of a file backend; other backends answer for locks and whole states themselves. */
  readonly #folder: string | undefined
  readonly #c: Collaborators
  readonly #driver: Driver

  constructor(settings: EngineSettings, c: Collaborators) {
    this.#ownKey = settings.ownKey
    this.#folder = fileBackendFolder(settings.backend)
    this.#c = c
    this.#driver = new Driver(settings, c)
  }

  async record(name: StackName): Promise<StackRecord | undefined> {
    if (this.#folder !== undefined) return readStackRecord(this.#folder, name)
    try {
      const tags = await this.#driver.attempt(name, async () => (await this.#driver.stack(name)).listTags())
      return parseRecord(tags[recordTag])
    } catch (error) {
      if (isFailure(error) && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }

  async preview(target: StackTarget, options: PreviewOptions = {}): Promise<EngineResult> {
    const { bind = false, targets } = options
    if (!bind) return this.#preview(target)
    const folder = engineFolder(this.#c.paths, target)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const bond = join(folder, `plan-${process.pid}.json`) as Bond
    const seen = await this.#preview(target, { bond, targets })
    return { ...seen, bond, ...(targets ? { targets } : {}) }
  }

  async #preview(target: StackTarget, within: Within = {}): Promise<EngineResult> {
    const options = { ...common, refresh: true, ...limits(within) }
    const operation: Operation = (stack, onEvent) => stack.preview({ ...options, onEvent })
    if ((await this.record(target)) !== undefined) return this.#driver.operate(target, operation)
    // The engine previews a stack, not a wish for one: an empty one is lent to it, in a backend that is thrown away.
    const folder = join(engineFolder(this.#c.paths, target), 'empty')
    try {
      return await this.#driver.operateOnEmpty(target, folder, operation)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async up(target: StackTarget, record: StackRecord, seen?: EngineResult): Promise<EngineResult> {
    this.#driver.heed(target)
    await this.#assertRoom(target)
    const found = await this.record(target)
    if (found === undefined) await this.#create(target)
    else await this.#takeOverAbandonedLock(target)
    if (found === undefined || formatRecord(found) !== formatRecord(record)) await this.#write(target, record)
    const result = await this.#apply(target, seen)
    await this.#forgetPending(target)
    return result
  }

  async #apply(target: StackTarget, seen?: EngineResult): Promise<EngineResult> {
    const env = await this.#sparingly(target, seen?.changes)
    const options = { ...common, refresh: true, ...limits(seen ?? {}) }
    // Without continueOnError an unrelated failure leaves objects deleted that were about to be made again.
    const operation: Operation = (stack, onEvent) => stack.up({ ...options, continueOnError: true, onEvent })
    return this.#driver.operate(target, operation, env)
  }

  /**
   * The environment of a run whose state is written once, where what it sets out to make is known before and can be
   * taken up again afterwards, which only the bundled provider does.
   */
  async #sparingly(
    target: StackTarget,
    changes?: readonly ResourceChange[],
  ): Promise<Record<string, string>> {
    if (this.#folder === undefined || target.provider !== 'bundled' || !changes) return {}
    await writeIntents(this.#folder, target, changes)
    return oneCheckpoint
  }

  /**
   * After a complete `up` every object that a cut run left half-made is adopted. The engine would remember those
   * creations for ever, and warn each time: only this kind of refresh makes it forget them.
   */
  async #forgetPending(target: StackTarget): Promise<void> {
    if (this.#folder === undefined || (await countPending(this.#folder, target)) === 0) return
    await this.#driver.operate(target, (stack, onEvent) =>
      stack.refresh({ ...common, clearPendingCreates: true, onEvent }),
    )
  }

  previewDestroy(target: StackTarget): Promise<EngineResult> {
    return this.#driver.operate(target, (stack, onEvent) => stack.previewDestroy({ ...common, onEvent }))
  }

  async destroy(target: StackTarget): Promise<EngineResult> {
    this.#driver.heed(target)
    await this.#assertRoom(target)
    await this.#takeOverAbandonedLock(target)
    const operation: Operation = (stack, onEvent) =>
      stack.destroy({ ...common, continueOnError: true, onEvent })
    return this.#driver.operate(target, operation, await this.#sparingly(target, []))
  }

  async unrecorded(name: StackName): Promise<JsonObject[]> {
    return this.#folder === undefined ? [] : unrecorded(this.#folder, name)
  }

  async recorded(name: StackName): Promise<ReadonlySet<string> | undefined> {
    return this.#folder === undefined ? undefined : recordedObjects(this.#folder, name)
  }

  async isUnsettled(name: StackName): Promise<boolean> {
    return this.#folder !== undefined && (await readIntents(this.#folder, name)) !== undefined
  }

  async settle(name: StackName): Promise<void> {
    if (this.#folder !== undefined) await dropIntents(this.#folder, name)
  }

  async isStateCut(name: StackName): Promise<boolean> {
    return this.#folder !== undefined && isCut(this.#folder, name)
  }

  async repairState(target: StackTarget): Promise<void> {
    await this.#takeOverAbandonedLock(target)
    await this.#repair(target)
  }

  async #repair(name: StackName): Promise<void> {
    const folder = this.#folder
    if (folder === undefined || !(await isCut(folder, name))) return
    const part = await repair(folder, name)
    if (part) this.#c.host.notify('engine.state-repaired', { stack: name.stack, part }, name.region)
  }

  async unlock(target: StackTarget): Promise<void> {
    this.#driver.heed(target)
    await this.#takeOverAbandonedLock(target)
    if (this.#folder === undefined || (await readLocks(this.#folder, target)).length > 0)
      await this.#cancel(target)
  }

  async #assertRoom(name: StackName): Promise<void> {
    if (this.#folder !== undefined) await assertRoom(this.#folder, name)
  }

  #cancel(name: StackName): Promise<void> {
    return this.#driver.attempt(name, async () => (await this.#driver.stack(name)).cancel())
  }

  async remove(name: StackName): Promise<void> {
    await this.#driver.attempt(name, async () => {
      const stack = await this.#driver.stack(name)
      await stack.workspace.removeStack(name.stack)
      this.#driver.forget(name)
    })
    await this.settle(name)
    await rm(engineFolder(this.#c.paths, name), { recursive: true, force: true })
  }

  #create(target: StackTarget): Promise<void> {
    return this.#driver.attempt(target, async () => {
      // A backend of the user's own is never made for them: a typo must not become an empty state.
      if (this.#ownKey) await mkdir(defaultStateFolder(this.#c.paths), { recursive: true, mode: 0o700 })
      await this.#driver.stack(target, true)
    })
  }

  #write(target: StackTarget, record: StackRecord): Promise<void> {
    return this.#driver.attempt(target, async () =>
      (await this.#driver.stack(target)).setTag(recordTag, formatRecord(record)),
    )
  }

  async #takeOverAbandonedLock(name: StackTarget): Promise<void> {
    const folder = this.#folder
    if (folder === undefined) return
    if (name.hold) {
      const ended = await endSurvivors(await readLocks(folder, name), this.#c.clock)
      for (const pid of ended) this.#c.host.notify('engine.survivor-ended', { pid }, name.region)
    }
    // One that ended in order took its lock with it.
    const locks = await readLocks(folder, name)
    const [first] = locks
    if (first === undefined || !locks.every(isAbandoned)) return
    // To remove its lock the engine reads the state, and nobody is writing it.
    await this.#repair(name)
    await this.#cancel(name)
    const data = { stack: name.stack, pid: first.pid, since: first.since }
    this.#c.host.notify('engine.lock-taken-over', data, name.region)
  }
}
