import { Failure } from '../failure.ts'

export interface RunInput {
  file: string
  args: readonly string[]
  cwd?: string
  /** Added to the inherited environment; `undefined` removes a variable. */
  env?: Readonly<Record<string, string | undefined>>
  /** Every process has one: nothing hangs. */
  deadlineMs: number
  signal?: AbortSignal
  /** Between SIGTERM and SIGKILL, once the deadline has passed or the signal has aborted; 5 s unless stated. */
  graceMs?: number
  input?: string
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
}

export interface RunOutput {
  stdout: string
  stderr: string
  /** Undefined when a signal ended the process. */
  exitCode: number | undefined
  timedOut: boolean
}

export type RunProcess = (input: RunInput) => Promise<RunOutput>

const defaultGraceMs = 5000

/**
 * Runs one external program to its end. Does not throw on a non-zero exit: the caller knows what that means.
 * @throws Failure `OPERATION` when the program cannot be started, or the signal's reason when aborted.
 */
export const runProcess: RunProcess = async (input) => {
  // Loaded on first use: commands that start no program do not pay for it.
  const { execa } = await import('execa')
  const child = execa(input.file, [...input.args], optionsFor(input))
  if (input.onLine) void forwardLines(child, input.onLine)
  const result = await child
  if (input.signal?.aborted) throw input.signal.reason
  if (result.failed && result.exitCode === undefined && !result.timedOut && result.signal === undefined) {
    throw new Failure('OPERATION', `cannot run ${input.file}: ${result.shortMessage}`, {
      cause: result.cause,
    })
  }
  return {
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    exitCode: result.exitCode,
    timedOut: result.timedOut,
  }
}

function optionsFor(input: RunInput) {
  return {
    ...(input.cwd === undefined ? {} : { cwd: input.cwd }),
    ...(input.env === undefined ? {} : { env: { ...input.env } as Record<string, string> }),
    ...(input.signal === undefined ? {} : { cancelSignal: input.signal }),
    ...(input.input === undefined ? { stdin: 'ignore' as const } : { input: input.input }),
    timeout: input.deadlineMs,
    forceKillAfterDelay: input.graceMs ?? defaultGraceMs,
    reject: false as const,
    buffer: true as const,
  }
}

interface LineSource {
  iterable(options: { from: 'stdout' | 'stderr' }): AsyncIterable<unknown>
}

async function forwardLines(child: LineSource, onLine: NonNullable<RunInput['onLine']>): Promise<void> {
  const forward = async (stream: 'stdout' | 'stderr'): Promise<void> => {
    for await (const line of child.iterable({ from: stream })) onLine(String(line), stream)
  }
  // A process that fails ends its streams with the same error that `await child` already reports.
  await Promise.allSettled([forward('stdout'), forward('stderr')])
}
