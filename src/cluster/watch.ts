import type { IncomingMessage } from 'node:http'
import type { WatchEvent, WatchOptions } from './cluster.ts'
import { failureOf } from './errors.ts'
import { parseBody } from './body.ts'
import type { Transport } from './transport.ts'

/**
 * One parsed event per line. Ends quietly when the signal aborts or the server closes the stream, which it does
 * after some minutes: whoever needs more starts again from the last `resourceVersion`.
 * @throws Failure when the watch cannot be started.
 */
export async function* watchPath(
  transport: Transport,
  path: string,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  if (options.signal.aborted) return
  const response = await transport.open(watchUrl(path, options), options.signal)
  if (response.statusCode !== 200) {
    const text = (await response.setEncoding('utf8').toArray()).join('')
    throw failureOf({ status: response.statusCode ?? 0, body: parseBody(text) }, `watch ${path}`)
  }
  const stop = (): void => void response.destroy()
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of linesOf(response)) {
      if (options.signal.aborted) return
      yield JSON.parse(line) as WatchEvent
    }
  } catch (error) {
    // A broken stream is an ordinary end of a watch.
    if (!options.signal.aborted && !isBroken(error)) throw error
  } finally {
    options.signal.removeEventListener('abort', stop)
    response.destroy()
  }
}

/** Whole lines only: what is left at the end is the half of an event. */
async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8')
  let rest = ''
  for await (const chunk of response) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && 'code' in error
}

function watchUrl(path: string, options: WatchOptions): string {
  const query = new URLSearchParams({ watch: '1', allowWatchBookmarks: 'true' })
  for (const key of ['resourceVersion', 'fieldSelector', 'labelSelector'] as const) {
    const value = options[key]
    if (value !== undefined) query.set(key, value)
  }
  return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`
}
