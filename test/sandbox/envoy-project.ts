import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, createServer as createListener } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { RouterPorts } from '../../src/platform/systems/affinity/bootstrap.ts'
import { envoyProgram } from '../support/envoy.ts'

export interface Answer {
  status: number
  /** The server that answered, as `127.0.0.7`. */
  server: string
  headers: IncomingMessage['headers']
}

/** Servers on addresses of the loopback, told apart by the one they were reached at, and an Envoy in front of them. */
export interface EnvoyProject {
  ports: RouterPorts
  /** Status of health answers by server; 200 where nothing is set. */
  health: Map<string, number>
  ask(path: string, headers?: Record<string, string>): Promise<Answer>
  /** A request whose answer never ends by itself. */
  open(path: string): Promise<IncomingMessage>
  admin(method: 'GET' | 'POST', path: string): Promise<string>
  stop(): Promise<void>
}

export interface EnvoyInput {
  bootstrap: (ports: RouterPorts, upstream: number) => object
  args: readonly string[]
}

export async function validate(bootstrap: object): Promise<{ ok: boolean; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'iv-envoy-'))
  const file = join(folder, 'envoy.json')
  await writeFile(file, JSON.stringify(bootstrap))
  const result = await execa(await envoyProgram(), ['--mode', 'validate', '-c', file, '-l', 'error'], {
    reject: false,
    all: true,
  })
  await rm(folder, { recursive: true, force: true })
  return { ok: result.exitCode === 0, said: result.all }
}

export async function startEnvoy({ bootstrap, args }: EnvoyInput): Promise<EnvoyProject> {
  const folder = await mkdtemp(join(tmpdir(), 'iv-envoy-'))
  const health = new Map<string, number>()
  const upstream = await upstreams(health)
  const [sessions, stats, administration] = await Promise.all([freePort(), freePort(), freePort()])
  const ports = { sessions, stats, administration }
  const file = join(folder, 'envoy.json')
  await writeFile(file, JSON.stringify(bootstrap(ports, (upstream.address() as AddressInfo).port)))
  const whole = ['-c', file, '-l', 'error', '--concurrency', '1', ...args]
  const envoy = execa(await envoyProgram(), whole, { reject: false, all: true })
  const ended = envoy.then(({ all: said }) => Promise.reject(new Error(said)))
  await Promise.race([ready(ports.administration), ended])
  ended.catch(() => {})
  return {
    ports,
    health,
    ask: (path, headers) => ask(ports.sessions, path, headers),
    open: (path) => open(ports.sessions, path),
    admin: (method, path) => admin(ports.administration, method, path),
    async stop() {
      envoy.kill('SIGKILL')
      await envoy
      upstream.closeAllConnections()
      await new Promise((resolve) => upstream.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One process that is every server: the address that was asked says which. */
function upstreams(health: ReadonlyMap<string, number>): Promise<Server> {
  const server = createServer((incoming, response) => {
    const name = incoming.socket.localAddress ?? ''
    const isCheck = incoming.headers['user-agent'] === 'Envoy/HC'
    response.writeHead(isCheck ? (health.get(name) ?? 200) : 200, { 'x-server': name })
    if (incoming.url?.endsWith('/stream')) response.write('first')
    else response.end()
  })
  return new Promise((resolve) => {
    server.listen(0, '0.0.0.0', () => resolve(server))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createListener()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function ready(port: number): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    if (
      await admin(port, 'GET', '/ready').then(
        (text) => text.startsWith('LIVE'),
        () => false,
      )
    )
      return
    if (performance.now() > deadline) throw new Error('Envoy was not ready in 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await open(port, path, headers)
  response.resume()
  return {
    status: response.statusCode ?? 0,
    server: String(response.headers['x-server'] ?? ''),
    headers: response.headers,
  }
}

function open(port: number, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers }, resolve).on('error', reject).end()
  })
}

async function admin(port: number, method: string, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method })
  return response.text()
}
