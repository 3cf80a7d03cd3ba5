import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { connectSource } from '../../src/cluster/connect.ts'
import type { ConnectedCluster } from '../../src/cluster/connect.ts'

export type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void

/** A plain HTTP server in the place of an API server: what it answers is the test's business. */
export async function serveHttp(
  handler: Handler,
): Promise<{ port: number; server: Server; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void text(request).then((body) => handler(Object.assign(request, { body }), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    server,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export const kubeSystem = { kind: 'Namespace', metadata: { name: 'kube-system', uid: 'uid-1' } }

export function kubeconfigFor(port: number, user: object = {}): string {
  return JSON.stringify({
    clusters: [
      { name: 'c', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'ctx', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'ctx',
  })
}

/** Connects to a server that answers the opening question itself and leaves the rest to `handler`. */
export async function connected(
  handler: Handler,
): Promise<{ cluster: ConnectedCluster; stop: () => Promise<void> }> {
  const served = await serveHttp((request, response) => {
    if (request.url === '/api/v1/namespaces/kube-system') answer(response, 200, kubeSystem)
    else handler(request, response)
  })
  const cluster = await connectSource({ contents: kubeconfigFor(served.port) })
  return {
    cluster,
    async stop() {
      cluster.close()
      await served.stop()
    },
  }
}
