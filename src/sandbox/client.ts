import { Agent, request } from 'node:https'
import { readFile } from 'node:fs/promises'
import { json } from 'node:stream/consumers'
import { Failure } from '../failure.ts'
import { loopback } from './ports.ts'

export interface SandboxResponse {
  status: number
  /** Parsed JSON; undefined where the server answered something else. */
  body: unknown
}

export interface SandboxRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  contentType?: string
}

/** One keep-alive connection pool to one component on this machine. TLS is verified, both ways. */
export interface SandboxClient {
  send(input: SandboxRequest): Promise<SandboxResponse>
  close(): void
}

const answerWithinMs = 10_000
/** Nodes are created in parallel; more connections than this gain nothing on one machine. */
const connections = 16

export async function connectSandbox(input: {
  port: number
  authorityFile: string
  certificateFile: string
  keyFile: string
  /** Ends every request that is under way; its reason is what they reject with. */
  signal: AbortSignal
}): Promise<SandboxClient> {
  const [ca, cert, key] = await Promise.all(
    [input.authorityFile, input.certificateFile, input.keyFile].map((file) => readFile(file)),
  )
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca, cert, key })
  return {
    send: (message) => send({ agent, port: input.port, signal: input.signal }, message),
    close: () => agent.destroy(),
  }
}

/** @throws Failure `OPERATION` where there is no connection or no answer in time. */
async function send(
  to: { agent: Agent; port: number; signal: AbortSignal },
  message: SandboxRequest,
): Promise<SandboxResponse> {
  const payload = message.body === undefined ? undefined : JSON.stringify(message.body)
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      if (to.signal.aborted) return reject(to.signal.reason)
      const place = `${message.method} https://${loopback}:${to.port}${message.path}`
      reject(new Failure('OPERATION', `${place}: ${error.message}`, { cause: error, retryable: true }))
    }
    const outgoing = request(
      {
        agent: to.agent,
        host: loopback,
        port: to.port,
        path: message.path,
        method: message.method,
        timeout: answerWithinMs,
        signal: to.signal,
        headers: {
          accept: 'application/json',
          ...(payload === undefined
            ? {}
            : {
                'content-type': message.contentType ?? 'application/json',
                'content-length': Buffer.byteLength(payload),
              }),
        },
      },
      (response) => {
        const status = response.statusCode ?? 0
        json(response).then(
          (body) => resolve({ status, body }),
          () => resolve({ status, body: undefined }),
        )
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${answerWithinMs / 1000} s`)))
    outgoing.on('error', fail)
    outgoing.end(payload)
  })
}

/** @returns the body. @throws Failure `OPERATION` with the server's own words. */
export async function expectSuccess(client: SandboxClient, message: SandboxRequest): Promise<unknown> {
  const { status, body } = await client.send(message)
  if (status >= 200 && status < 300) return body
  const said = (body as { message?: string } | undefined)?.message ?? `status ${status}`
  throw new Failure('OPERATION', `${message.method} ${message.path}: ${said}`)
}
