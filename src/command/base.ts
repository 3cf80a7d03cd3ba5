import { Command, type Interfaces } from '@oclif/core'
import type { Collaborators } from '../collaborators.ts'
import { assertAnswerable } from '../events/ask.ts'
import type { Danger } from '../events/host.ts'
import type { Report, Writer } from '../report/report.ts'
import type { Outcome } from '../exit-codes.ts'
import { reportEarly } from './early.ts'
import { defectIn, failureOf } from './failure-of.ts'
import { injectFault } from './fault.ts'
import { baseFlags } from './flags.ts'
import { packageRootOf } from './launch.ts'
import { fromOclif } from './oclif-failure.ts'
import { type Ending, present } from './present.ts'
import { safeGrammar } from './safe-grammar.ts'
import { openSession, type SeenFlags } from './session.ts'

type Values = Record<string, unknown>

/** The one parent of all commands: a command declares its grammar and hands its work to `conclude`. */
export abstract class BaseCommand extends Command {
  static override baseFlags = baseFlags
  /** Outcomes of its own, beyond those that can happen to any command; shown by its help. */
  static exits: readonly Outcome[] = []

  #flags: SeenFlags | undefined

  /**
   * Runs `work` with the collaborators made from flags and process, prints exactly one document and sets the
   * exit code. `asks` says that the command will ask a question of that danger: where nobody can answer it
   * and no flag does, it refuses before any work.
   */
  protected async conclude<D>(
    writer: Writer<D>,
    work: (collaborators: Collaborators) => Promise<Report<D>>,
    options: { asks?: Danger | undefined } = {},
  ): Promise<void> {
    const flags = this.#flags ?? {}
    const session = await openSession(flags, packageRootOf(this.config))
    const ending: Ending<D> = { writer, flags }
    try {
      injectFault(session.collaborators.environment)
      if (options.asks) assertAnswerable(options.asks, session.ask)
      ending.report = await work(session.collaborators)
      ending.failure = defectIn(session.collaborators.signal)
    } catch (error) {
      ending.failure = failureOf(error, session.collaborators.signal)
    }
    await session.close()
    process.exitCode = await present(ending, session)
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(safeGrammar(options ?? (this.ctor as Interfaces.Input<F, B, A>)), argv)
    this.#flags = parsed.flags as SeenFlags
    return parsed
  }

  /** What fails before `conclude`: flags and arguments that do not parse, or a defect of a command file. */
  protected override async catch(error: unknown): Promise<void> {
    const help = `see \`iv ${(this.id ?? '').replaceAll(':', ' ')} --help\``
    process.exitCode = await reportEarly(fromOclif(error, help, this.#flagNames()), {
      argv: this.argv,
      packageRoot: packageRootOf(this.config),
    })
  }

  #flagNames(): string[] {
    return Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags }).map((name) => `--${name}`)
  }
}
