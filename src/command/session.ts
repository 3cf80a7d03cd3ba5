import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock } from '../clock.ts'
import type { Collaborators } from '../collaborators.ts'
import type { AskSettings } from '../events/ask.ts'
import type { Level } from '../events/define.ts'
import type { Host } from '../events/host.ts'
import { NdjsonHost } from '../events/ndjson-host.ts'
import { PlainHost } from '../events/plain-host.ts'
import { Failure } from '../failure.ts'
import { makePaths } from '../paths.ts'
import { runProcess } from '../process/run.ts'
import { newRunId, systemRandom } from '../random.ts'
import type { Duration } from '../units/duration.ts'
import { type Format, isMachineFormat } from './formats.ts'
import { listenForInterrupts } from './interrupts.ts'
import { canAsk, canDraw, canPaint, readLine, writeError, writeOut } from './terminal.ts'

/** The flags that matter before and after the work, as far as a command has them. */
export interface SeenFlags {
  json?: boolean
  output?: Format | undefined
  timeout?: Duration | undefined
  'no-tui'?: boolean
  'no-color'?: boolean
  'log-level'?: Level
  config?: string | undefined
  env?: string
  region?: readonly string[]
  yes?: boolean
  confirm?: readonly string[] | undefined
}

export interface SessionHost extends Host {
  close(): Promise<void>
}

export interface Session {
  collaborators: Collaborators
  ask: AskSettings
  format: Format
  host: SessionHost
  startedAt: Date
  startedMs: number
  /** Stops listening, timers and the live view; afterwards the result may be printed. */
  close(): Promise<void>
}

/** Everything that `src/` needs of the outside, from the flags and the process. */
export async function openSession(flags: SeenFlags, packageRoot: string): Promise<Session> {
  const clock = systemClock
  const environment = { ...process.env }
  const startedAt = clock.now()
  const startedMs = clock.monotonicMs()
  const format = flags.json ? 'json' : (flags.output ?? 'table')
  let announce: (by: 'interrupt' | 'terminate' | 'timeout') => void = () => undefined
  const interrupts = listenForInterrupts((by) => announce(by))
  const deadline = startDeadline(flags.timeout, () => announce('timeout'))
  const signal = AbortSignal.any([interrupts.signal, ...(deadline ? [deadline.signal] : [])])
  const ask: AskSettings = { yes: flags.yes ?? false, confirmed: flags.confirm ?? [] }
  const maySpeak = canAsk(environment) && !isMachineFormat(format)
  if (maySpeak) ask.readLine = (prompt) => readLine(prompt, signal)
  const host = await chooseHost(flags, { ask, format, environment })
  announce = (by) => host.notify('run.cancelling', { by })
  const collaborators: Collaborators = {
    clock,
    random: systemRandom,
    host,
    run: runProcess,
    paths: makePaths({ packageRoot, project: projectFolder(flags.config), environment }),
    environment,
    runId: newRunId(startedAt, systemRandom),
    signal,
  }
  const close = async (): Promise<void> => {
    interrupts.release()
    deadline?.cancel()
    await host.close()
  }
  return { collaborators, ask, format, host, startedAt, startedMs, close }
}

interface HostChoice {
  ask: AskSettings
  format: Format
  environment: Readonly<Record<string, string | undefined>>
}

async function chooseHost(flags: SeenFlags, choice: HostChoice): Promise<SessionHost> {
  const { ask, format } = choice
  if (format === 'ndjson') return new NdjsonHost({ write: writeOut, ask }, systemClock)
  const level = flags['log-level'] ?? 'info'
  if (isMachineFormat(format) || flags['no-tui'] || !canDraw(choice.environment)) {
    return new PlainHost({ write: writeError, level, ask }, systemClock)
  }
  const { ScreenHost } = await import('../screen/screen-host.tsx')
  const colour = !flags['no-color'] && canPaint(choice.environment)
  return new ScreenHost({ stdout: process.stdout, stdin: process.stdin, level, colour, ask }, systemClock)
}

function startDeadline(
  timeout: Duration | undefined,
  onPassed: () => void,
): { signal: AbortSignal; cancel(): void } | undefined {
  if (!timeout) return undefined
  const reason = new Failure('TIMEOUT', `not done after ${timeout.toString()}`, {
    retryable: true,
    next: 'see how far it came with `iv status`, or give it longer with --timeout',
  })
  const deadline = systemClock.deadline(timeout.ms, reason)
  deadline.signal.addEventListener('abort', onPassed, { once: true })
  return deadline
}

/** The folder of `iv.yaml`: of the one named, of the nearest one upwards, or else the working directory. */
function projectFolder(config: string | undefined): string {
  if (config !== undefined) return dirname(config)
  const start = process.cwd()
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'iv.yaml'))) return folder
    if (folder === dirname(folder)) return start
  }
}
