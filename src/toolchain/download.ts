import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure, toFailure } from '../failure.ts'
import { sha256OfFile } from './marker.ts'

const attempts = 3
const heartbeatMs = 5000
/** A connection over which nothing comes for this long is given up. */
const stallMs = 30_000
/** The largest release is about 100 MB: enough for 1 Mbit/s. */
const downloadDeadlineMs = 900_000

export interface Download {
  tool: string
  url: string
  /** Where the finished file goes; beside it `.part` keeps what has come, for the next attempt. */
  file: string
  /** Lower-case hex. Only `iv toolchain pin` goes without. */
  sha256?: string
}

type Needs = Pick<Collaborators, 'clock' | 'host' | 'signal'>

/**
 * Fetches a file, going on where an earlier attempt stopped, and checks it before it gets its name.
 * @returns the SHA-256 of the file.
 * @throws Failure OPERATION with the reason of the last attempt, or when the hash is another one.
 */
export async function download(request: Download, c: Needs): Promise<string> {
  await mkdir(dirname(request.file), { recursive: true })
  const part = `${request.file}.part`
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetchOnce(request, part, c)
      break
    } catch (error) {
      c.signal.throwIfAborted()
      const failure = asFailure(request.url, error)
      if (!failure.retryable || attempt === attempts) throw failure
      await c.clock.sleep(1000 * attempt, c.signal)
    }
  }
  const sha256 = await sha256OfFile(part)
  if (request.sha256 !== undefined && sha256 !== request.sha256) {
    await rm(part, { force: true })
    throw new Failure(
      'OPERATION',
      `${request.url} has sha256 ${sha256}, toolchain.lock says ${request.sha256}`,
      {
        next: 'do not use it; if the release was replaced on purpose, run `iv toolchain pin` and review the change',
      },
    )
  }
  await rename(part, request.file)
  return sha256
}

async function fetchOnce(request: Download, part: string, c: Needs): Promise<void> {
  const have = await stat(part).then(
    ({ size }) => size,
    () => 0,
  )
  const watch = watchProgress(request, c)
  try {
    const response = await fetch(request.url, {
      signal: watch.signal,
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
    })
    if (response.status === 416) {
      // What lies there is not the beginning of this file.
      await rm(part, { force: true })
      throw new Failure('OPERATION', `${request.url} answered 416 to a resumed download`, { retryable: true })
    }
    if (!response.ok || !response.body) {
      const retryable = response.status >= 500 || response.status === 429
      throw new Failure('OPERATION', `${request.url} answered ${response.status}`, { retryable })
    }
    const resumed = response.status === 206 && have > 0
    const handle = await open(part, resumed ? 'a' : 'w')
    try {
      watch.begin(resumed ? have : 0, Number(response.headers.get('content-length') ?? Number.NaN))
      await pour(response.body, handle, (bytes) => watch.add(bytes))
      await handle.sync()
    } finally {
      await handle.close()
    }
    watch.mustBeWhole()
  } finally {
    watch.stop()
  }
}

async function pour(body: AsyncIterable<Uint8Array>, handle: FileHandle, add: (bytes: number) => void) {
  for await (const chunk of body) {
    await handle.writeFile(chunk)
    add(chunk.byteLength)
  }
}

function watchProgress(request: Download, c: Needs) {
  const startMs = c.clock.monotonicMs()
  const stalled = new AbortController()
  const late = new Failure('OPERATION', `${request.url} not here after ${downloadDeadlineMs / 60_000} min`)
  const deadline = c.clock.deadline(downloadDeadlineMs, late)
  let [done, total, movedMs] = [0, Number.NaN, startMs]
  const timer = c.clock.every(heartbeatMs, () => {
    const nowMs = c.clock.monotonicMs()
    const { tool, url } = request
    const known = Number.isNaN(total) ? {} : { totalBytes: total }
    c.host.notify('toolchain.downloading', {
      tool,
      url,
      doneBytes: done,
      ...known,
      elapsedMs: nowMs - startMs,
    })
    if (nowMs - movedMs < stallMs) return
    const message = `${url} sent nothing for ${stallMs / 1000} s`
    stalled.abort(new Failure('OPERATION', message, { retryable: true }))
  })
  return {
    signal: AbortSignal.any([c.signal, deadline.signal, stalled.signal]),
    begin(have: number, rest: number): void {
      done = have
      total = have + rest
    },
    add(bytes: number): void {
      done += bytes
      movedMs = c.clock.monotonicMs()
    },
    mustBeWhole(): void {
      if (Number.isNaN(total) || done === total) return
      throw new Failure('OPERATION', `${request.url} ended after ${done} of ${total} bytes`, {
        retryable: true,
      })
    },
    stop(): void {
      timer.stop()
      deadline.cancel()
    },
  }
}

/** `fetch failed` alone helps nobody: the reason is in the cause. Such errors are worth another attempt. */
function asFailure(url: string, error: unknown): Failure {
  if (isFailure(error)) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new Failure('OPERATION', `${url}: ${toFailure(cause).message}`, { cause: error, retryable: true })
}
