import { defineEvent } from './define.ts'

export const toolchainEvents = {
  'toolchain.skipped': defineEvent<{ tool: string; reason: string }>({
    level: 'debug',
    description: 'A program on PATH was passed over because its version does not fit.',
    text: (skip) => `${skip.tool}: ${skip.reason}; looking further`,
  }),
  'toolchain.waiting': defineEvent<{ what: string; holderPid: number; elapsedMs: number }>({
    level: 'info',
    description: 'Another process installs the same programs; this one waits and then uses its result.',
    text: (wait) =>
      `waiting for process ${wait.holderPid}, which installs ${wait.what} (${seconds(wait.elapsedMs)})`,
  }),
  'toolchain.downloading': defineEvent<{
    tool: string
    url: string
    doneBytes: number
    totalBytes?: number
    elapsedMs: number
  }>({
    level: 'info',
    description: 'Heartbeat of the download of an official release.',
    text: (load) =>
      `downloading ${load.tool}: ${mebibytes(load.doneBytes)}${ofTotal(load)} (${seconds(load.elapsedMs)})`,
  }),
  'toolchain.building': defineEvent<{
    tools: readonly string[]
    elapsedMs: number
    /** Of a cold build, from the table of tools. */
    expectedMs: number
    /** Cold builds of what comes after this one. */
    laterMs: number
    /** How far the Go tool has come. */
    detail?: string
  }>({
    level: 'info',
    description: 'Heartbeat of a build from pinned Go modules, with the time it takes at most as a rule.',
    text: (build) => {
      const tail = build.detail === undefined ? '' : `: ${build.detail}`
      return `building ${build.tools.join(', ')} from Go modules, ${seconds(build.elapsedMs)}, ${left(build)}${tail}`
    },
  }),
  'toolchain.checking': defineEvent<{ tool: string; elapsedMs: number }>({
    level: 'info',
    description:
      'Heartbeat: a new program is run, hashed and written to disk before it appears in the cache.',
    text: (check) => `checking ${check.tool} (${seconds(check.elapsedMs)})`,
  }),
  'toolchain.installed': defineEvent<{
    tool: string
    version: string
    path: string
    from: 'release' | 'build'
  }>({
    level: 'info',
    description: 'A program was verified and put into the cache.',
    text: (done) => `${done.tool} ${done.version} ready (${done.from})`,
  }),
  'toolchain.source-failed': defineEvent<{ tool: string; source: string; reason: string; next: string }>({
    level: 'warning',
    description: 'One source of a program failed and the next one is tried.',
    text: (failed) => `${failed.tool}: ${failed.source} failed (${failed.reason}); trying ${failed.next}`,
  }),
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1000)
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

function ofTotal(load: { totalBytes?: number }): string {
  return load.totalBytes === undefined ? '' : ` of ${mebibytes(load.totalBytes)}`
}

function left(build: { elapsedMs: number; expectedMs: number; laterMs: number }): string {
  const later = build.laterMs > 0 ? `, then ${seconds(build.laterMs)} for the rest` : ''
  const leftMs = build.expectedMs - build.elapsedMs
  if (leftMs <= 0) return `longer than the ${seconds(build.expectedMs)} measured cold on 2 cores${later}`
  return `about ${seconds(leftMs)} left if nothing is cached (measured on 2 cores)${later}`
}
