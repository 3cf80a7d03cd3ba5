import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Clock } from '../clock.ts'
import { Failure, isFailure } from '../failure.ts'
import type { ClusterRequest } from './cluster.ts'
import type { Credentials } from './credentials.ts'
import type { Endpoint } from './endpoint.ts'
import { connectionReason } from './errors.ts'

/** Every request ends by itself; a slower one says so with `deadlineMs`. */
export const defaultDeadlineMs = 30_000

/** Idle connections worth keeping; requests beyond it wait for a free one, watches do not count. */
const maxRequestSockets = 32

/** HTTP over kept-alive TLS connections to one server. */
export class Transport {
  readonly #endpoint: Endpoint
  readonly #clock: Clock
  readonly #requests: HttpsAgent | HttpAgent
  readonly #streams: HttpsAgent | HttpAgent
  readonly #prefix: string

  constructor(endpoint: Endpoint, clock: Clock) {
    this.#endpoint = endpoint
    this.#clock = clock
    const url = new URL(endpoint.server)
    this.#prefix = url.pathname.replace(/\/$/, '')
    const Agent = url.protocol === 'http:' ? HttpAgent : HttpsAgent
    this.#requests = new Agent({ keepAlive: true, maxSockets: maxRequestSockets })
    this.#streams = new Agent({ keepAlive: false })
  }

  /** One exchange, body read whole. @throws Failure when there is no answer, or the answer is 401. */
  async exchange(input: ClusterRequest): Promise<{ status: number; text: string }> {
    const late = this.#late(input.deadlineMs ?? defaultDeadlineMs)
    const signal = input.signal ? AbortSignal.any([late.signal, input.signal]) : late.signal
    try {
      const response = await this.#send(input, signal, this.#requests)
      return { status: response.statusCode ?? 0, text: await readAll(response) }
    } catch (error) {
      throw this.#failure(error, signal)
    } finally {
      late.cancel()
    }
  }

  /** Opens a response that goes on; the deadline covers only its start. The caller destroys it. */
  async open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const late = this.#late(defaultDeadlineMs)
    const either = AbortSignal.any([late.signal, signal])
    try {
      return await this.#send({ method: 'GET', path }, either, this.#streams)
    } catch (error) {
      throw this.#failure(error, either)
    } finally {
      late.cancel()
    }
  }

  close(): void {
    this.#requests.destroy()
    this.#streams.destroy()
  }

  async #send(
    input: ClusterRequest,
    signal: AbortSignal,
    agent: HttpsAgent | HttpAgent,
  ): Promise<IncomingMessage> {
    // A credential plugin is somebody else's program and may hang, so the deadline covers it too.
    const credentials = await Promise.race([this.#endpoint.credentials(), rejectOnAbort(signal)])
    const start = (): Promise<IncomingMessage> =>
      awaitResponse(this.#request(input, { agent, ...credentials }, signal), input)
    const response = await start().catch((error: unknown) => {
      // The server may close an idle connection just as it is used again: nothing was processed, so ask once more.
      if (isStale(error) && input.method !== 'POST' && !signal.aborted) return start()
      throw error
    })
    if (response.statusCode === 401) {
      response.destroy()
      throw this.#endpoint.unauthenticated(credentials)
    }
    return response
  }

  #request(input: ClusterRequest, credentials: Credentials, signal: AbortSignal): ClientRequest {
    const url = new URL(this.#endpoint.server)
    const body = bodyOf(input)
    const options = {
      ...credentials,
      method: input.method,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (url.protocol === 'http:' ? 80 : 443),
      path: this.#prefix + input.path,
      signal,
      headers: {
        accept: input.accept ?? 'application/json',
        'user-agent': 'iv',
        ...credentials.headers,
        ...(body === undefined ? {} : bodyHeaders(body, input.contentType)),
      },
    }
    return url.protocol === 'http:' ? httpRequest(options) : httpsRequest(options)
  }

  #late(ms: number): ReturnType<Clock['deadline']> {
    return this.#clock.deadline(
      ms,
      new Failure('OPERATION', `${this.#endpoint.name} gave no answer in ${ms / 1000} s`, {
        retryable: true,
        next: 'check the network and the API server, then try again',
      }),
    )
  }

  #failure(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason
    if (isFailure(error)) return error
    return new Failure('OPERATION', `cannot reach ${this.#endpoint.name}: ${connectionReason(error)}`, {
      cause: error,
      retryable: true,
      next: 'check that the API server runs and that its address is right',
    })
  }
}

function bodyOf(input: ClusterRequest): string | undefined {
  return input.body === undefined ? undefined : JSON.stringify(input.body)
}

/** DELETE with a body is answered 400 unless its length is stated, so it always is. */
function bodyHeaders(body: string, contentType = 'application/json'): Record<string, string> {
  return { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

class StaleConnection extends Error {}

function isStale(error: unknown): boolean {
  return error instanceof StaleConnection
}

function awaitResponse(request: ClientRequest, input: ClusterRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      reject(stale ? new StaleConnection(error.message, { cause: error }) : error)
    })
    const send = (): void => {
      try {
        input.beforeSend?.()
        request.end(bodyOf(input))
      } catch (error) {
        request.destroy()
        reject(error)
      }
    }
    if (input.beforeSend) onceConnected(request, send)
    else send()
  })
}

/** A new connection takes its time to stand, and what was true when it was begun may no longer be. */
function onceConnected(request: ClientRequest, send: () => void): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) send()
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', send)
  })
}

async function readAll(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += chunk
  return text
}
