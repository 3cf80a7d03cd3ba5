import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js'
import type { EngineEvent } from '@pulumi/pulumi/automation/events.js'
import type { JsonObject } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { Collector } from './collector.ts'
import { engineCommand, EngineExit } from './command.ts'
import type { Engine, EngineResult, StackName, StackRecord, StackTarget } from './engine.ts'
import { engineEnvironment, providerEnvironment } from './environment.ts'
import { isAbandoned, readLocks } from './lock.ts'
import { defaultStateFolder, engineFolder, fileBackendFolder } from './places.ts'
import { formatRecord, parseRecord, recordTag } from './record.ts'
import { assertRoom, isCut, repair } from './state-care.ts'
import { countPending, pendingCreates, readStackRecord } from './state-file.ts'
import { endSurvivors } from './survivors.ts'
import { labelOf } from './step.ts'
import { engineFailure } from './texts.ts'
import { openStack } from './workspace.ts'

export interface EngineSettings {
  /** The pulumi program. */
  program: { path: string; version: string }
  /** `file:///…`, or any other backend URL of Pulumi. */
  backend: string
  /** True for the sandbox's own state below `.iv`: `iv` makes the folder and keeps its passphrase. */
  ownKey: boolean
  /** Port of the bundled provider's server, started on first use. */
  providerPort: () => Promise<number>
}

type Operation = (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<unknown>

/** Steps that may be under way at once. Most wait for the server, so it is not the number of cores. */
const parallel = 32
const common = { color: 'never', suppressOutputs: true, suppressProgress: true, parallel } as const

export function makeEngine(settings: EngineSettings, c: Collaborators): Engine {
  return new PulumiEngine(settings, c)
}

class PulumiEngine implements Engine {
  readonly #settings: EngineSettings
  readonly #c: Collaborators
  /** One workspace per stack and process: each costs the engine a start. */
  readonly #stacks = new Map<string, Promise<Stack>>()
  /** What stops the work on a stack, beyond what stops everything: the loss of its region's lock. */
  readonly #signals = new Map<string, AbortSignal>()
  #env: Promise<Record<string, string>> | undefined

  constructor(settings: EngineSettings, c: Collaborators) {
    this.#settings = settings
    this.#c = c
  }

  async record(name: StackName): Promise<StackRecord | undefined> {
    const folder = fileBackendFolder(this.#settings.backend)
    if (folder !== undefined) return readStackRecord(folder, name)
    try {
      const tags = await (await this.#stack(name)).listTags()
      return parseRecord(tags[recordTag])
    } catch (error) {
      const failure = this.#failure(error, name)
      if (failure instanceof Error && 'code' in failure && failure.code === 'NOT_FOUND') return undefined
      throw failure
    }
  }

  async preview(target: StackTarget): Promise<EngineResult> {
    const operation: Operation = (stack, onEvent) => stack.preview({ ...common, refresh: true, onEvent })
    if ((await this.record(target)) !== undefined) return this.#operate(target, operation)
    // The engine previews a stack, not a wish for one: an empty one is lent to it, in a backend that is thrown away.
    const folder = join(engineFolder(this.#c.paths, target), 'empty')
    try {
      const env = { ...(await this.#providerEnv(target)), PULUMI_BACKEND_URL: `file://${folder}` }
      const input = { name: target, folder, env, program: target.program, create: true }
      const stack = await openStack({ ...input, command: await this.#command(target) })
      return await this.#run(target, stack, operation)
    } catch (error) {
      throw this.#failure(error, target)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async up(target: StackTarget, record: StackRecord): Promise<EngineResult> {
    this.#heed(target)
    await this.#assertRoom(target)
    const found = await this.record(target)
    if (found === undefined) await this.#create(target)
    else await this.#takeOverAbandonedLock(target)
    if (found === undefined || formatRecord(found) !== formatRecord(record)) await this.#write(target, record)
    const result = await this.#apply(target)
    await this.#forgetPending(target)
    return result
  }

  #apply(target: StackTarget): Promise<EngineResult> {
    // Without continueOnError an unrelated failure leaves objects deleted that were about to be made again.
    return this.#operate(target, (stack, onEvent) =>
      stack.up({ ...common, refresh: true, continueOnError: true, onEvent }),
    )
  }

  /**
   * After a complete `up` every object that a cut run left half-made is adopted. The engine would remember those
   * creations for ever, and warn each time: only this kind of refresh makes it forget them.
   */
  async #forgetPending(target: StackTarget): Promise<void> {
    const folder = fileBackendFolder(this.#settings.backend)
    if (folder === undefined || (await countPending(folder, target)) === 0) return
    await this.#operate(target, (stack, onEvent) =>
      stack.refresh({ ...common, clearPendingCreates: true, onEvent }),
    )
  }

  previewDestroy(target: StackTarget): Promise<EngineResult> {
    return this.#operate(target, (stack, onEvent) => stack.previewDestroy({ ...common, onEvent }))
  }

  async destroy(target: StackTarget): Promise<EngineResult> {
    this.#heed(target)
    await this.#assertRoom(target)
    await this.#takeOverAbandonedLock(target)
    return this.#operate(target, (stack, onEvent) =>
      stack.destroy({ ...common, continueOnError: true, onEvent }),
    )
  }

  async pendingCreates(name: StackName): Promise<JsonObject[]> {
    const folder = fileBackendFolder(this.#settings.backend)
    return folder === undefined ? [] : pendingCreates(folder, name)
  }

  async isStateCut(name: StackName): Promise<boolean> {
    const folder = fileBackendFolder(this.#settings.backend)
    return folder !== undefined && isCut(folder, name)
  }

  async repairState(target: StackTarget): Promise<void> {
    await this.#takeOverAbandonedLock(target)
    await this.#repair(target)
  }

  async #repair(name: StackName): Promise<void> {
    const folder = fileBackendFolder(this.#settings.backend)
    if (folder === undefined || !(await isCut(folder, name))) return
    const part = await repair(folder, name)
    if (part) this.#c.host.notify('engine.state-repaired', { stack: name.stack, part }, name.region)
  }

  async unlock(target: StackTarget): Promise<void> {
    this.#heed(target)
    await this.#takeOverAbandonedLock(target)
    const folder = fileBackendFolder(this.#settings.backend)
    if (folder === undefined || (await readLocks(folder, target)).length > 0) await this.#cancel(target)
  }

  async #assertRoom(name: StackName): Promise<void> {
    const folder = fileBackendFolder(this.#settings.backend)
    if (folder !== undefined) await assertRoom(folder, name)
  }

  async #cancel(name: StackName): Promise<void> {
    try {
      await (await this.#stack(name)).cancel()
    } catch (error) {
      throw this.#failure(error, name)
    }
  }

  async remove(name: StackName): Promise<void> {
    try {
      const stack = await this.#stack(name)
      await stack.workspace.removeStack(name.stack)
      this.#stacks.delete(name.stack)
    } catch (error) {
      throw this.#failure(error, name)
    }
    await rm(engineFolder(this.#c.paths, name), { recursive: true, force: true })
  }

  async #operate(target: StackTarget, operation: Operation): Promise<EngineResult> {
    try {
      const stack = await this.#stack(target)
      stack.workspace.program = target.program
      stack.workspace.envVars = await this.#providerEnv(target)
      return await this.#run(target, stack, operation)
    } catch (error) {
      throw this.#failure(error, target)
    }
  }

  async #run(target: StackTarget, stack: Stack, operation: Operation): Promise<EngineResult> {
    const collector = new Collector(target.region, this.#c)
    const began = this.#c.clock.monotonicMs()
    try {
      await operation(stack, (event) => collector.take(event))
    } catch (error) {
      throw this.#failure(error, target, collector)
    }
    const { summary, changes, outputs } = collector.record()
    return { summary, changes, outputs, durationMs: Math.round(this.#c.clock.monotonicMs() - began) }
  }

  async #create(target: StackTarget): Promise<void> {
    try {
      // A backend of the user's own is never made for them: a typo must not become an empty state.
      if (this.#settings.ownKey)
        await mkdir(defaultStateFolder(this.#c.paths), { recursive: true, mode: 0o700 })
      await this.#stack(target, true)
    } catch (error) {
      throw this.#failure(error, target)
    }
  }

  async #write(target: StackTarget, record: StackRecord): Promise<void> {
    try {
      await (await this.#stack(target)).setTag(recordTag, formatRecord(record))
    } catch (error) {
      throw this.#failure(error, target)
    }
  }

  /** Of a file backend: other backends answer for their locks themselves. */
  async #takeOverAbandonedLock(name: StackTarget): Promise<void> {
    const folder = fileBackendFolder(this.#settings.backend)
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

  #stack(name: StackName, create = false): Promise<Stack> {
    const known = this.#stacks.get(name.stack)
    if (known) return known
    const opened = this.#open(name, create)
    this.#stacks.set(name.stack, opened)
    opened.catch(() => this.#stacks.delete(name.stack))
    return opened
  }

  async #open(name: StackName, create: boolean): Promise<Stack> {
    const folder = engineFolder(this.#c.paths, name)
    return openStack({ name, folder, create, env: {}, command: await this.#command(name) })
  }

  async #command(name: StackName): Promise<PulumiCommand> {
    const { backend, ownKey, program } = this.#settings
    this.#env ??= engineEnvironment({ backend, ownKey }, this.#c)
    return engineCommand({ program, env: await this.#env, signal: () => this.#signal(name) }, this.#c)
  }

  #heed({ stack, hold }: StackTarget): void {
    if (hold) this.#signals.set(stack, AbortSignal.any([this.#c.signal, hold.signal]))
  }

  #signal({ stack }: StackName): AbortSignal {
    return this.#signals.get(stack) ?? this.#c.signal
  }

  async #providerEnv(target: StackTarget): Promise<Record<string, string>> {
    const port = target.provider === 'bundled' ? await this.#settings.providerPort() : undefined
    return providerEnvironment({ port, kubeconfig: target.cluster.kubeconfig })
  }

  #failure(error: unknown, name: StackName, collector?: Collector): unknown {
    if (!(error instanceof EngineExit)) return error
    const signal = this.#signal(name)
    if (signal.aborted) return signal.reason
    const errors = (collector?.record().errors ?? []).map(({ subject, message }) => ({
      label: subject && labelOf(subject),
      message,
    }))
    return engineFailure({ ...error.output, errors, stack: name.stack, region: name.region })
  }
}
