import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { findGo, goEnvironment } from './go.ts'
import { moduleFolder } from './places.ts'
import { goModules, type ModuleName, type Tool } from './tools.ts'

const heartbeatMs = 8000
/** Ten times what the slowest module takes on 2 cores: a build that is still going then will not end. */
const buildDeadlineMs = 3_000_000
/** Lines of the compiler's complaint that are worth repeating. */
const complaintLines = 4

export interface Build {
  /** All of one module. */
  tools: readonly Tool[]
  /** Cold builds of what comes after this one, for the time that is left. */
  laterMs: number
}

/**
 * Builds programs of one module in a single Go invocation, so that what they share is compiled once. They
 * appear in `folder` under their own names; the folder around it takes the compiler's temporary files.
 * @throws Failure OPERATION when Go is missing or the build fails; the reason of the signal when aborted.
 */
export async function buildTools(build: Build, folder: string, c: Collaborators): Promise<void> {
  const [first] = build.tools
  if (!first) return
  const { module, ldflags, tags } = first.build
  const progress = reportProgress(build, c)
  try {
    // Asking may already take its time: GOTOOLCHAIN=auto fetches a newer Go first.
    const go = await findGo(module, c)
    const output = await c.run({
      file: go.path,
      args: [
        'build',
        '-v',
        '-mod=readonly',
        '-trimpath',
        '-buildvcs=false',
        '-ldflags',
        ldflags,
        ...(tags === undefined ? [] : ['-tags', tags]),
        '-o',
        `${folder}/`,
        ...build.tools.map((tool) => tool.build.package),
      ],
      cwd: moduleFolder(module, c.paths),
      // Temporary files go where they are swept: a Go that is killed leaves gigabytes behind.
      env: { ...goEnvironment(), GOTMPDIR: dirname(folder) },
      deadlineMs: buildDeadlineMs,
      signal: c.signal,
      onLine: (line) => progress.line(line),
    })
    if (output.exitCode === 0) return
    const reason = output.timedOut ? `not done in ${buildDeadlineMs / 60_000} min` : complaint(output.stderr)
    throw new Failure('OPERATION', `go build failed: ${reason}`, {
      next: 'building needs the Go module proxy (GOPROXY) the first time',
      retryable: true,
    })
  } finally {
    progress.stop()
  }
}

function complaint(stderr: string): string {
  // Progress lines: downloads, and with -v the bare import path of each package.
  const lines = stderr
    .split('\n')
    .filter((line) => /\s/.test(line.trim()) && !line.startsWith('go: downloading'))
  return lines.slice(-complaintLines).join(' | ') || 'no reason given'
}

/** Milliseconds that the module of these programs takes when nothing is cached. */
export function coldBuildMs(module: ModuleName): number {
  return goModules[module].coldBuildSeconds * 1000
}

function reportProgress({ tools, laterMs }: Build, c: Pick<Collaborators, 'clock' | 'host'>) {
  const startMs = c.clock.monotonicMs()
  const expectedMs = Math.max(...tools.map((tool) => coldBuildMs(tool.build.module)))
  const names = tools.map((tool) => tool.name)
  let downloads = 0
  let compiled = 0
  const beat = (): void => {
    const detail = compiled > 0 ? `${compiled} packages compiled` : `${downloads} modules downloaded`
    const elapsedMs = c.clock.monotonicMs() - startMs
    c.host.notify('toolchain.building', {
      tools: names,
      elapsedMs,
      expectedMs,
      laterMs,
      ...(downloads + compiled > 0 ? { detail } : {}),
    })
  }
  beat()
  const timer = c.clock.every(heartbeatMs, beat)
  return {
    stop: () => timer.stop(),
    line(text: string): void {
      if (text.startsWith('go: downloading')) downloads += 1
      else if (!/\s/.test(text)) compiled += 1
    },
  }
}
