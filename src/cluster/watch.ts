import { createInterface } from 'node:readline'
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
    for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
      if (options.signal.aborted) return
      if (line !== '') yield JSON.parse(line) as WatchEvent
    }
  } catch (error) {
    // A broken stream is an ordinary end of a watch; a line that is not JSON is the half of one.
    if (!options.signal.aborted && !isBroken(error)) throw error
  } finally {
    options.signal.removeEventListener('abort', stop)
    response.destroy()
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error)
}

function watchUrl(path: string, options: WatchOptions): string {
  const query = new URLSearchParams({ watch: '1', allowWatchBookmarks: 'true' })
  for (const key of ['resourceVersion', 'fieldSelector', 'labelSelector'] as const) {
    const value = options[key]
    if (value !== undefined) query.set(key, value)
  }
  return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`
}
