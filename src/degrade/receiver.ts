import { createServer, type IncomingMessage, type Server } from 'node:http'
import { z } from 'zod'
import type { Cluster } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { afterAlerts } from './automatic.ts'
import { readLadder, writeAutomatic } from './flag-object.ts'

export interface ReceiverInput {
  cluster: Cluster
  namespace: string
  region: string
  /** 0 takes a free one. */
  port: number
}

/** Alertmanager's webhook, as far as it is read. */
const message = z.object({
  alerts: z.array(
    z.object({ status: z.enum(['firing', 'resolved']), labels: z.record(z.string(), z.string()) }),
  ),
})

/** Far above what Alertmanager sends of a dozen triggers. */
const largestBody = 1024 * 1024

/**
 * Listens for alerts and moves the automatic level, one message after the other, until the signal ends it. What fires
 * is kept on the flag: nothing is lost when it restarts. A write that fails is told to Alertmanager, which tries again.
 */
export async function startReceiver(
  input: ReceiverInput,
  c: Pick<Collaborators, 'host' | 'signal'>,
): Promise<Server> {
  let last: Promise<unknown> = Promise.resolve()
  const handle = (body: string): Promise<number> => {
    const turn = last.then(() => move(body, input, c))
    last = turn.catch(() => {})
    return turn
  }
  const server = createServer((request, response) => {
    const answer = (status: number): void => {
      response.writeHead(status).end()
    }
    if (request.method === 'GET' && request.url === '/healthz') return answer(200)
    if (request.method !== 'POST' || request.url !== '/alerts') return answer(404)
    bodyOf(request)
      .then(handle)
      .then(answer, () => answer(503))
  })
  c.signal.addEventListener('abort', () => server.close(), { once: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(input.port, resolve)
  })
  return server
}

/** @returns the status that Alertmanager is told: what it sent wrong, it need not send again. */
async function move(body: string, input: ReceiverInput, c: Pick<Collaborators, 'host'>): Promise<number> {
  const parsed = message.safeParse(parsedJson(body))
  if (!parsed.success) return 400
  const { cluster, namespace, region } = input
  const before = await readLadder(cluster, namespace, region)
  const firing = afterAlerts(before.firing, parsed.data.alerts)
  if (JSON.stringify(firing) === JSON.stringify(before.firing)) return 200
  await writeAutomatic(cluster, namespace, firing)
  const { automatic } = await readLadder(cluster, namespace, region)
  c.host.notify(
    'degrade.moved',
    { from: before.automatic, to: automatic, firing: Object.keys(firing) },
    region,
  )
  return 200
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw new Error('the body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
