import { systemClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { parseBody } from './body.ts'
import type { Cluster, ClusterAccess, ClusterResponse } from './cluster.ts'
import { Discovery, resourcePath } from './discovery.ts'
import type { ApiResource } from './discovery.ts'
import { endpointOf } from './endpoint.ts'
import { failureOf } from './errors.ts'
import { loadKubeconfig } from './kubeconfig.ts'
import type { KubeconfigSource } from './kubeconfig.ts'
import { Transport } from './transport.ts'
import { watchPath } from './watch.ts'

/** A connection that also tells how a kind is served. */
export interface ConnectedCluster extends Cluster {
  resourceOf(apiVersion: string, kind: string): Promise<ApiResource | undefined>
}

/**
 * Connects to one API server and proves that it answers and knows us.
 * @throws Failure `USAGE` (kubeconfig or context missing), `OPERATION` (no answer), `AUTH` (401, expired
 * client certificate, failing credential plugin).
 */
export async function connectCluster(
  access: ClusterAccess,
  clock: Clock = systemClock,
): Promise<ConnectedCluster> {
  return connectSource({ path: access.kubeconfig, context: access.context }, clock)
}

/** As `connectCluster`, for a kubeconfig that may be given as text and without a context. */
export async function connectSource(
  source: KubeconfigSource,
  clock: Clock = systemClock,
): Promise<ConnectedCluster> {
  const config = await loadKubeconfig(source)
  const endpoint = endpointOf(config, clock)
  const transport = new Transport(endpoint, clock)
  const request: Cluster['request'] = async (input) => {
    const { status, text } = await transport.exchange(input)
    return { status, body: parseBody(text) }
  }
  const discovery = new Discovery(request)
  try {
    const first = await request({ method: 'GET', path: '/api/v1/namespaces/kube-system', deadlineMs: 10_000 })
    return {
      server: endpoint.server,
      context: config.currentContext,
      request,
      uid: async () => uidOf(first),
      version: async () => versionOf(await request({ method: 'GET', path: '/version' })),
      resourceOf: (apiVersion, kind) => discovery.find(apiVersion, kind),
      async pathOf(reference) {
        const resource = await discovery.find(reference.apiVersion, reference.kind)
        return resource && resourcePath(reference, resource)
      },
      watch: (path, options) => watchPath(transport, path, options),
      close: () => transport.close(),
    }
  } catch (error) {
    transport.close()
    throw error
  }
}

function uidOf(response: ClusterResponse): string {
  if (response.status !== 200) throw failureOf(response, 'Namespace kube-system')
  const { uid } = response.body['metadata'] as { uid: string }
  return uid
}

function versionOf(response: ClusterResponse): string {
  if (response.status !== 200) throw failureOf(response, 'server version')
  return String(response.body['gitVersion'])
}
