import { credentials, Server, ServerCredentials } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import type { JsonObject } from '../../src/cluster/cluster.ts'
import { engine, rpc, service, Empty } from '../../src/provider/protocol.ts'
import { toStruct } from '../../src/provider/values.ts'

type Client = InstanceType<typeof service.ResourceProviderClient>

/** The engine's side of one provider resource: a connection of its own, attached and configured. */
export async function attach(port: number, kubeconfig: string): Promise<Client> {
  const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  })
  const handshake = new rpc.ProviderHandshakeRequest()
  handshake.setEngineAddress('127.0.0.1:1')
  await call((done) => client.handshake(handshake, done))
  const configure = new rpc.ConfigureRequest()
  configure.getVariablesMap().set('kubernetes:config:kubeconfig', kubeconfig)
  await call((done) => client.configure(configure, done))
  return client
}

export function call<R>(
  start: (done: (error: ServiceError | null, value: R) => void) => unknown,
): Promise<R> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)))
  })
}

export function createRequest(object: JsonObject, preview = false): InstanceType<typeof rpc.CreateRequest> {
  const request = new rpc.CreateRequest()
  request.setUrn(`urn:pulumi:s::p::kubernetes:core/v1:${String(object['kind'])}::x`)
  request.setProperties(toStruct(object))
  request.setPreview(preview)
  request.setTimeout(1)
  return request
}

/** Collects the lines that a provider sends to the engine's display. */
export async function serveEngineLog(): Promise<{ address: string; lines: string[]; stop: () => void }> {
  const lines: string[] = []
  const server = new Server()
  server.addService(engine.EngineService, {
    log: (request: { request: { getMessage(): string } }, done: (error: null, value: unknown) => void) => {
      lines.push(request.request.getMessage())
      done(null, new Empty())
    },
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  return { address: `127.0.0.1:${port}`, lines, stop: () => server.forceShutdown() }
}
