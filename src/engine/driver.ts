import type { EngineEvent } from '@pulumi/pulumi/automation/events.js'
import type { PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js'
import type { Collaborators } from '../collaborators.ts'
import { Collector } from './collector.ts'
import { engineCommand, EngineExit } from './command.ts'
import type { EngineResult, StackName, StackTarget } from './engine.ts'
import { engineEnvironment, providerEnvironment } from './environment.ts'
import { engineFolder } from './places.ts'
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

export type Operation = (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<unknown>

/** Runs operations on stacks: one workspace per stack, the environment of each process, failures in our words. */
export class Driver {
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

  /** From here on the loss of the target's lock stops the engine on its stack. */
  heed({ stack, hold }: StackTarget): void {
    // A lock that was given back says no more: what follows on the stack is under another one, or under none.
    if (hold) this.#signals.set(stack, AbortSignal.any([this.#c.signal, hold.signal]))
    else this.#signals.delete(stack)
  }

  /** One operation on a stack that there is, with `env` beside what every operation has. */
  operate(
    target: StackTarget,
    operation: Operation,
    env: Readonly<Record<string, string>> = {},
  ): Promise<EngineResult> {
    this.heed(target)
    return this.attempt(target, async () => {
      const stack = await this.stack(target)
      stack.workspace.program = target.program
      stack.workspace.envVars = { ...(await this.#providerEnv(target)), ...env }
      return this.#run(target, stack, operation)
    })
  }

  /** One operation on an empty stack in a backend of its own below `folder`. */
  operateOnEmpty(target: StackTarget, folder: string, operation: Operation): Promise<EngineResult> {
    return this.attempt(target, async () => {
      const env = { ...(await this.#providerEnv(target)), PULUMI_BACKEND_URL: `file://${folder}` }
      const input = { name: target, folder, env, program: target.program, create: true }
      const stack = await openStack({ ...input, command: await this.#command(target) })
      return this.#run(target, stack, operation)
    })
  }

  stack(name: StackName, create = false): Promise<Stack> {
    const known = this.#stacks.get(name.stack)
    if (known) return known
    const opened = this.#open(name, create)
    this.#stacks.set(name.stack, opened)
    opened.catch(() => this.#stacks.delete(name.stack))
    return opened
  }

  forget(name: StackName): void {
    this.#stacks.delete(name.stack)
  }

  /** @throws what `work` throws, with an exit of the engine as the `Failure` that it means. */
  async attempt<T>(name: StackName, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#failure(error, name)
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

  async #open(name: StackName, create: boolean): Promise<Stack> {
    const folder = engineFolder(this.#c.paths, name)
    return openStack({ name, folder, create, env: {}, command: await this.#command(name) })
  }

  async #command(name: StackName): Promise<PulumiCommand> {
    const { backend, ownKey, program } = this.#settings
    this.#env ??= engineEnvironment({ backend, ownKey }, this.#c)
    return engineCommand({ program, env: await this.#env, signal: () => this.#signal(name) }, this.#c)
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
