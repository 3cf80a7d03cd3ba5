import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import type { Collaborators } from '../collaborators.ts'
import { runEngine, type EngineOutput } from './process.ts'

/** A pulumi process that ended with another code than 0, whole: what it means is decided in `texts.ts`. */
export class EngineExit extends Error {
  readonly output: EngineOutput

  constructor(output: EngineOutput) {
    super(`pulumi ended with ${output.exitCode ?? 'a signal'}`)
    this.name = 'EngineExit'
    this.output = output
  }
}

export interface EngineCommandInput {
  program: { path: string; version: string }
  /** The environment apart from what the SDK adds for one call. */
  env: Readonly<Record<string, string>>
  /** Stops what runs; asked for at each start. */
  signal: () => AbortSignal
}

/**
 * What the SDK calls instead of its own way of starting pulumi, which hides exit codes, leaves the process in the
 * terminal's group and runs three more processes after each `up` for facts that the event stream has already told.
 */
export function engineCommand(input: EngineCommandInput, c: Pick<Collaborators, 'clock'>): PulumiCommand {
  const run = async (
    args: readonly string[],
    folder: string,
    extra: Readonly<Record<string, string>>,
  ): Promise<{ stdout: string; stderr: string; code: number }> => {
    const known = answered(args)
    if (known !== undefined) return { stdout: known, stderr: '', code: 0 }
    const output = await runEngine({
      program: input.program.path,
      args: args.includes('--non-interactive') ? args : [...args, '--non-interactive'],
      folder,
      env: { ...input.env, ...extra, PULUMI_AUTOMATION_API: 'true' },
      signal: input.signal(),
      clock: c.clock,
    })
    if (output.exitCode !== 0) throw new EngineExit(output)
    return { stdout: output.stdout, stderr: output.stderr, code: 0 }
  }
  const version = { toString: () => input.program.version }
  // The SDK's class has a private constructor; these three members are all that it uses of one.
  return { command: input.program.path, version, run } as unknown as PulumiCommand
}

/** Questions that cost a process each and whose answers come with the events, or are known before. */
function answered(args: readonly string[]): string | undefined {
  const [noun, verb] = args
  if (noun !== 'stack') return undefined
  if (verb === 'output') return '{}'
  if (verb === 'history') return '[]'
  // Whether the stack exists is asked once, before (`record`); selecting it writes to the user's workspace file.
  return verb === 'select' ? '' : undefined
}
