import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { Terminal } from '@xterm/headless'
import { repository } from './iv.ts'
import { touches } from './touches.ts'

export interface PtyOptions {
  columns?: number
  rows?: number
  env?: Readonly<Record<string, string | undefined>>
  cwd?: string
  deadlineMs?: number
  fixtures?: boolean
}

export interface PtySession {
  /** What a person sees now, without trailing blanks; scrolled-off rows first where `all` is set. */
  rows(all?: boolean): string[]
  /** Resolves when a visible row matches. @throws with the screen when the deadline passes first. */
  see(pattern: RegExp): Promise<void>
  type(text: string): void
  /** Resolves with the exit code. */
  ended: Promise<number>
  /** Everything that was written, with its escape codes. */
  raw(): string
}

const pollMs = 20

/** Runs the built `iv` in a pseudo-terminal that a person could sit at. */
export function startInTerminal(args: readonly string[], options: PtyOptions = {}): PtySession {
  touches('pty')
  const { columns = 80, rows = 24, deadlineMs = 20_000 } = options
  const launcher = join(repository, options.fixtures ? 'test/fixtures/cli/run.js' : 'bin/iv.js')
  const { CI: _ci, NO_COLOR: _noColor, ...inherited } = process.env
  const env = Object.entries({ ...inherited, TERM: 'xterm-256color', ...options.env })
  const child = spawn(process.execPath, [launcher, ...args], {
    cols: columns,
    rows,
    cwd: options.cwd ?? repository,
    env: Object.fromEntries(env.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  })
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 5000 })
  let written = ''
  let gone = false
  child.onData((data) => {
    written += data
    terminal.write(data)
  })
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`did not end in ${deadlineMs} ms:\n${visible(terminal, true).join('\n')}`))
    }, deadlineMs)
    child.onExit(({ exitCode, signal }) => {
      gone = true
      clearTimeout(timer)
      // The last write is parsed before anybody reads the screen.
      terminal.write('', () => resolve(signal ? 128 + signal : exitCode))
    })
  })
  return {
    rows: (all = false) => visible(terminal, all),
    raw: () => written,
    ended,
    type: (text) => child.write(text),
    async see(pattern) {
      const until = performance.now() + deadlineMs
      while (!visible(terminal, true).some((row) => pattern.test(row))) {
        if (gone || performance.now() > until) {
          throw new Error(`${pattern} was not seen on:\n${visible(terminal, true).join('\n')}`)
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
  }
}

function visible(terminal: Terminal, all: boolean): string[] {
  const buffer = terminal.buffer.active
  const first = all ? 0 : buffer.baseY
  const lines = Array.from({ length: buffer.length - first }, (_, index) =>
    (buffer.getLine(first + index)?.translateToString(true) ?? '').trimEnd(),
  )
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
}
