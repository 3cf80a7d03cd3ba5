import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { Failure } from '../failure.ts'

export interface EngineProcessInput {
  /** Path of the pulumi program. */
  program: string
  args: readonly string[]
  /** Working folder; the process's output goes to files in it while it runs. */
  folder: string
  /** The whole environment of the process. */
  env: Readonly<Record<string, string>>
  signal: AbortSignal
  clock: Clock
}

export interface EngineOutput {
  /** Undefined when a signal ended the process. */
  exitCode: number | undefined
  stdout: string
  stderr: string
}

/** After the first interrupt the engine waits for its running steps; after this long it is stopped hard. */
const unwindMs = 60_000
/** After a hard stop nothing is left to wait for. */
const killMs = 10_000

let outputs = 0

/**
 * Runs pulumi once, in a process group of its own, so that a terminal's Ctrl-C reaches only `iv`: two interrupts
 * would be a hard stop that leaves operations pending. The first abort of the signal becomes the one interrupt.
 * Output goes to files, not pipes: when `iv` itself is killed, pulumi must not die of a broken pipe before it has
 * written its state and given its lock back.
 */
export async function runEngine(input: EngineProcessInput): Promise<EngineOutput> {
  await mkdir(input.folder, { recursive: true })
  outputs += 1
  const stem = join(input.folder, `output-${process.pid}-${outputs}`)
  const files = { stdout: `${stem}.out`, stderr: `${stem}.err` }
  try {
    const exitCode = await spawned(input, files)
    // Whoever succeeded this run on the stack may have removed the folder meanwhile.
    const [stdout = '', stderr = ''] = await Promise.all(
      [files.stdout, files.stderr].map((file) => readFile(file, 'utf8').catch(() => '')),
    )
    return { exitCode, stdout, stderr }
  } finally {
    await Promise.all([rm(files.stdout, { force: true }), rm(files.stderr, { force: true })])
  }
}

function spawned(
  input: EngineProcessInput,
  files: { stdout: string; stderr: string },
): Promise<number | undefined> {
  const out = openSync(files.stdout, 'w', 0o600)
  const err = openSync(files.stderr, 'w', 0o600)
  const child = spawn(input.program, [...input.args], {
    cwd: input.folder,
    env: { ...input.env },
    detached: true,
    stdio: ['ignore', out, err],
  })
  closeSync(out)
  closeSync(err)
  const interruption = interruptOnAbort(child, input)
  return new Promise<number | undefined>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new Failure('OPERATION', `cannot run ${input.program}: ${cause.message}`, {
          cause,
          next: 'iv toolchain install pulumi',
        }),
      ),
    )
    child.once('exit', (code) => resolve(code ?? undefined))
  }).finally(() => interruption.stop())
}

interface Killable {
  kill(signal: NodeJS.Signals): boolean
}

/** First abort: one interrupt. No end within the time allowed, or `iv` leaving at once: a second one. */
function interruptOnAbort(child: Killable, input: EngineProcessInput): { stop(): void } {
  const timers: { cancel(): void }[] = []
  const after = (ms: number, act: () => void): void => {
    const timer = input.clock.deadline(ms, new Error('engine did not stop'))
    timer.signal.addEventListener('abort', act, { once: true })
    timers.push(timer)
  }
  const interrupt = (): void => {
    child.kill('SIGINT')
    after(unwindMs, () => child.kill('SIGINT'))
    after(unwindMs + killMs, () => child.kill('SIGKILL'))
  }
  // Runs when the door leaves the process on a second Ctrl-C: the engine gets its second interrupt as well.
  const leave = (): void => void child.kill('SIGINT')
  if (input.signal.aborted) interrupt()
  else input.signal.addEventListener('abort', interrupt, { once: true })
  process.once('exit', leave)
  return {
    stop() {
      process.off('exit', leave)
      input.signal.removeEventListener('abort', interrupt)
      for (const timer of timers) timer.cancel()
    },
  }
}
