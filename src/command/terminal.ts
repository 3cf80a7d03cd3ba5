import { createInterface } from 'node:readline'

/** The streams of the process. Only `src/command/` touches them. */

export function writeOut(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function writeError(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** A reader that closed its end (`iv … | head`) is not an error of ours. */
export function ignoreBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Somebody can be asked: the prompt is seen (stderr) and the answer can be typed (stdin). */
export function canAsk(environment: Environment): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true && !environment['CI']
}

/** A live view needs both ends, a terminal that can move its cursor, and nobody who records the output. */
export function canDraw(environment: Environment): boolean {
  const terminals = process.stdout.isTTY === true && process.stdin.isTTY === true
  return terminals && !environment['CI'] && environment['TERM'] !== 'dumb'
}

export function canPaint(environment: Environment): boolean {
  return process.stdout.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb'
}

export function columns(): number {
  return process.stdout.columns ?? 80
}

/**
 * One line from the terminal. The terminal stays in its usual mode, so Ctrl-C reaches the process as a signal.
 * The end of input counts as an empty line, which every question takes as a decline.
 */
export function readLine(prompt: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: process.stdin, terminal: false })
    const abort = (): void => {
      lines.close()
      reject(signal.reason)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    lines.once('line', (line) => {
      resolve(line)
      lines.close()
    })
    lines.once('close', () => {
      signal.removeEventListener('abort', abort)
      resolve('')
    })
    process.stderr.write(prompt)
  })
}
