import { readFile } from 'node:fs/promises'
import { parseBody } from '../cluster/body.ts'
import type { Cluster, ClusterRequest, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { Transport } from '../cluster/transport.ts'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { loopback } from './ports.ts'

/** One component on this machine: what an API server is asked, and less. */
export type SandboxClient = Pick<Cluster, 'request' | 'close'>

export interface ComponentAccess {
  port: number
  authorityFile: string
  certificateFile: string
  keyFile: string
}

const answerWithinMs = 10_000

/** TLS is verified, both ways. The collaborators' signal ends every request that is under way. */
export async function connectSandbox(
  access: ComponentAccess,
  c: Pick<Collaborators, 'clock' | 'signal'>,
): Promise<SandboxClient> {
  const { authorityFile, certificateFile, keyFile } = access
  const [ca, cert, key] = await Promise.all([
    readFile(authorityFile),
    readFile(certificateFile),
    readFile(keyFile),
  ])
  const server = `https://${loopback}:${access.port}`
  const endpoint = {
    server,
    name: server,
    credentials: () => Promise.resolve({ ca, cert, key }),
    unauthenticated: () => new Failure('AUTH', `${server} does not accept ${certificateFile} (401)`),
  }
  const transport = new Transport(endpoint, c.clock)
  return {
    async request(input) {
      const within = { deadlineMs: answerWithinMs, signal: c.signal }
      const { status, text } = await transport.exchange({ ...within, ...input })
      return { status, body: parseBody(text) }
    },
    close: () => transport.close(),
  }
}

/** Server-side apply as the sandbox's own: what others changed of these objects is taken back. */
export async function applyObject(
  client: SandboxClient,
  path: string,
  input: Pick<ClusterRequest, 'body' | 'deadlineMs'>,
): Promise<JsonObject> {
  return expectSuccess(client, {
    ...input,
    method: 'PATCH',
    path: `${path}?fieldManager=iv-sandbox&force=true`,
    contentType: 'application/apply-patch+yaml',
  })
}

/** @returns the body. @throws Failure with the server's own words. */
export async function expectSuccess(client: SandboxClient, input: ClusterRequest): Promise<JsonObject> {
  const response = await client.request(input)
  if (response.status >= 200 && response.status < 300) return response.body
  throw failureOf(response, `${input.method} ${input.path}`)
}
