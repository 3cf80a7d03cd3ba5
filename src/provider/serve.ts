import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { handleUnaryCall, sendUnaryData, ServerUnaryCall, UntypedHandleCall } from '@grpc/grpc-js'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import * as handlers from './handlers.ts'
import { toServiceError } from './partial.ts'
import { Empty, PluginInfo, rpc, service } from './protocol.ts'
import { Sessions } from './session.ts'
import type { Session, WriteRules } from './session.ts'

export interface ServedProvider {
  port: number
  close(): Promise<void>
}

/** For a cluster that nobody shares. */
const unguarded: WriteRules = { assertMayWrite: () => undefined, takesOwnership: () => false }

/** The release of the official provider whose resource types and state keys this one follows. */
const followedVersion = '4.34.2'

/**
 * Serves the bundled Kubernetes provider on a port of this machine, for an engine started with
 * `PULUMI_DEBUG_PROVIDERS=kubernetes:PORT`. One server serves any number of stacks and clusters at once: each
 * provider resource has a connection of its own, and the connection's state is the session.
 * `rules` are asked before every write to a cluster.
 */
export async function serveProvider(
  c: Pick<Collaborators, 'clock'>,
  rules: WriteRules = unguarded,
): Promise<ServedProvider> {
  const sessions = new Sessions(c.clock, rules)
  // States of a whole region pass in one message; the default limit is 4 MB.
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  server.addService(service.ResourceProviderService, implementation(sessions))
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error
        ? reject(
            new Failure('OPERATION', `cannot serve the Kubernetes provider: ${error.message}`, {
              cause: error,
            }),
          )
        : resolve(bound),
    )
  })
  return {
    port,
    async close() {
      sessions.close()
      server.forceShutdown()
    },
  }
}

/** Calls that are not here answer UNIMPLEMENTED by themselves. */
function implementation(sessions: Sessions): Record<string, UntypedHandleCall> {
  const about = <Q extends { getUrn(): string }, R>(
    work: (request: Q, session: Session) => Promise<R>,
  ): UntypedHandleCall =>
    unary<Q, R>((request, peer) =>
      sessions.use({ peer, urn: request.getUrn() }, (session) => work(request, session)),
    )
  return {
    handshake: unary<InstanceType<typeof rpc.ProviderHandshakeRequest>, unknown>(async (request, peer) => {
      sessions.open(peer, request.getEngineAddress())
      const response = new rpc.ProviderHandshakeResponse()
      response.setAcceptSecrets(true)
      return response
    }),
    attach: unary<{ getAddress(): string }, unknown>(async (request, peer) => {
      sessions.open(peer, request.getAddress())
      return new Empty()
    }),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(followedVersion)),
    getSchema: unary(async () => {
      const schema = { name: 'kubernetes', version: followedVersion }
      return new rpc.GetSchemaResponse().setSchema(JSON.stringify(schema))
    }),
    checkConfig: unary<InstanceType<typeof rpc.CheckRequest>, unknown>(async (request) =>
      new rpc.CheckResponse().setInputs(request.getNews()),
    ),
    // Which cluster a stack belongs to is checked by its identity before the engine starts; arguments such as the
    // place of the kubeconfig never replace anything.
    diffConfig: unary(async () => new rpc.DiffResponse()),
    configure: unary<InstanceType<typeof rpc.ConfigureRequest>, unknown>(async (request, peer) => {
      await sessions.configure(peer, new Map(request.getVariablesMap().toArray()))
      return new rpc.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)
    }),
    check: about(handlers.onCheck),
    diff: about(handlers.onDiff),
    create: about(handlers.onCreate),
    read: about(handlers.onRead),
    update: about(handlers.onUpdate),
    delete: about(handlers.onDelete),
    cancel: unary(async (_request, peer) => {
      sessions.cancel(peer)
      return new Empty()
    }),
  }
}

function unary<Q, R>(work: (request: Q, peer: string) => Promise<R>): UntypedHandleCall {
  const answer = async (call: ServerUnaryCall<Q, R>, callback: sendUnaryData<R>): Promise<void> => {
    const outcome = await work(call.request, call.getPeer()).then(
      (response) => ({ response, error: null }),
      (error: unknown) => ({ response: null, error: toServiceError(error) }),
    )
    callback(outcome.error, outcome.response)
  }
  const handle: handleUnaryCall<Q, R> = (call, callback) => void answer(call, callback)
  // One table holds calls of all kinds, so its type knows none of them.
  return handle as UntypedHandleCall
}
