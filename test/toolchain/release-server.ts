import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the server treats one request; the last one stays for all that follow. */
export type Answer = 'whole' | 'cut' | 'error' | 'missing' | 'no-range' | 'silent'

export interface ReleaseServer {
  url: string
  /** `path` and `range` of every request. */
  requests: { path: string; range: string | undefined }[]
  close(): Promise<void>
}

/**
 * Serves the same bytes under every path, and misbehaves as told. A connection is cut when more bytes have
 * arrived (`arrived`) than before: what only the network holds at that moment would be lost.
 */
export async function serveRelease(
  content: Buffer,
  answers: readonly Answer[],
  arrived: () => number = () => 0,
): Promise<ReleaseServer> {
  const requests: ReleaseServer['requests'] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? 'whole'
    requests.push({ path: request.url ?? '', range: request.headers.range })
    reply(answer, content, { request, response, arrived })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function reply(
  answer: Answer,
  content: Buffer,
  {
    request,
    response,
    arrived,
  }: { request: IncomingMessage; response: ServerResponse; arrived: () => number },
): void {
  if (answer === 'silent') return
  if (answer === 'error' || answer === 'missing') {
    response.writeHead(answer === 'error' ? 503 : 404).end('no')
    return
  }
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN)
  if (from >= content.length) {
    response.writeHead(416).end()
    return
  }
  const resumed = Number.isInteger(from) && answer !== 'no-range'
  const rest = resumed ? content.subarray(from) : content
  response.writeHead(resumed ? 206 : 200, { 'content-length': rest.length })
  if (answer !== 'cut') {
    response.end(rest)
    return
  }
  const before = arrived()
  response.write(rest.subarray(0, Math.floor(rest.length / 2)))
  const watch = setInterval(() => {
    if (arrived() <= before) return
    clearInterval(watch)
    response.destroy()
  }, 5)
  response.on('close', () => clearInterval(watch))
}
