import { open } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { componentLogFile } from './places.ts'
import { readSandbox } from './read.ts'
import { allComponents, type SandboxRecord } from './record.ts'

export interface LocalLogsInput {
  region?: string | undefined
  component?: string | undefined
  /** Lines from the end of each log. */
  lines: number
  /** Reports new lines as `local.log` events until the signal aborts; the result then holds no lines. */
  follow: boolean
}

export interface LogLine {
  /** Null for what serves all regions. */
  region: string | null
  component: string
  line: string
}

export interface LocalLogsData {
  lines: readonly LogLine[]
}

interface LogSource {
  region: string | undefined
  component: string
  file: string
}

/** A tail that is asked for is never longer than this, whatever the number of lines. */
const tailBytes = 1_000_000
const followPollMs = 250

/**
 * The last lines of the components' logs, in order of region and component.
 * @throws Failure `NOT_FOUND` for a region or component that the sandbox does not have.
 */
export async function localLogs(
  input: LocalLogsInput,
  c: Pick<Collaborators, 'clock' | 'host' | 'paths' | 'signal'>,
): Promise<Report<LocalLogsData>> {
  const record = await readSandbox(c.paths)
  if (!record) throw new Failure('NOT_FOUND', 'there is no sandbox in this project', { next: 'iv local up' })
  const sources = selectSources(record, input).map(
    (source): LogSource => ({
      ...source,
      file: componentLogFile(c.paths, { name: source.component, region: source.region }),
    }),
  )
  const tails = await Promise.all(sources.map((source) => readTail(source, input.lines)))
  const lines = tails.flatMap(({ lines: found }) => found)
  if (input.follow) {
    for (const line of lines) announce(line, c)
    await follow(
      tails.map(({ source, end }) => ({ source, position: end })),
      c,
    )
  }
  return { kind: 'LocalLogs', environment: 'local', data: { lines: input.follow ? [] : lines } }
}

function selectSources(
  record: SandboxRecord,
  { region, component }: Pick<LocalLogsInput, 'region' | 'component'>,
): { region: string | undefined; component: string }[] {
  const all = allComponents(record).map((entry) => ({
    region: entry.region,
    component: entry.component.name,
  }))
  const regions = record.regions.map(({ name }) => name)
  if (region !== undefined && !regions.includes(region))
    throw new Failure('NOT_FOUND', `the sandbox has no region ${region}`, {
      next: `one of: ${regions.join(', ')}`,
    })
  const components = [...new Set(all.map((entry) => entry.component))]
  if (component !== undefined && !components.some((name) => name === component))
    throw new Failure('NOT_FOUND', `the sandbox has no component ${component}`, {
      next: `one of: ${components.join(', ')}`,
    })
  return all.filter(
    (entry) =>
      // etcd serves the region as well, so it is shown when asked for by name.
      (region === undefined ||
        entry.region === region ||
        (entry.region === undefined && component !== undefined)) &&
      (component === undefined || entry.component === component),
  )
}

interface Tail {
  source: LogSource
  lines: LogLine[]
  /** Position behind the last byte that was read. */
  end: number
}

async function readTail(source: LogSource, count: number): Promise<Tail> {
  const { text, end } = await readFrom(source.file, (size) => Math.max(0, size - tailBytes))
  const lines = splitLines(text).slice(-count)
  return { source, lines: count === 0 ? [] : lines.map((line) => lineOf(source, line)), end }
}

async function follow(
  positions: { source: LogSource; position: number }[],
  c: Pick<Collaborators, 'clock' | 'host' | 'signal'>,
): Promise<void> {
  while (!c.signal.aborted) {
    for (const entry of positions) {
      // A log that became shorter was set aside: it begins anew.
      const { text, end } = await readFrom(entry.source.file, (size) =>
        size < entry.position ? 0 : entry.position,
      )
      const complete = text.slice(0, text.lastIndexOf('\n') + 1)
      entry.position = end - Buffer.byteLength(text) + Buffer.byteLength(complete)
      for (const line of splitLines(complete)) announce(lineOf(entry.source, line), c)
    }
    await c.clock.sleep(followPollMs, c.signal).catch(() => undefined)
  }
}

async function readFrom(
  file: string,
  start: (size: number) => number,
): Promise<{ text: string; end: number }> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return { text: '', end: 0 }
  try {
    const { size } = await handle.stat()
    const position = start(size)
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - position), position })
    return { text: buffer.toString('utf8', 0, bytesRead), end: position + bytesRead }
  } finally {
    await handle.close()
  }
}

function splitLines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

function lineOf({ region, component }: LogSource, line: string): LogLine {
  return { region: region ?? null, component, line }
}

function announce({ region, component, line }: LogLine, c: Pick<Collaborators, 'host'>): void {
  c.host.notify('local.log', { component, line }, region ?? undefined)
}
