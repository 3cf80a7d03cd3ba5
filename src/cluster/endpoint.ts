import type { KubeConfig } from '@kubernetes/client-node'
import type { Clock } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { Credentials } from './credentials.ts'
import { credentialsOf, unauthenticated } from './credentials.ts'

/** A server to talk to, and as whom. */
export interface Endpoint {
  /** `https://host:port`, perhaps with a path. */
  readonly server: string
  /** How messages call it. */
  readonly name: string
  /** Asked for before each request. */
  credentials(): Promise<Credentials>
  /** What a 401 in spite of these credentials means. */
  unauthenticated(credentials: Credentials): Failure
}

/** The endpoint that the current context of a kubeconfig names. */
export function endpointOf(config: KubeConfig, clock: Clock): Endpoint {
  const server = config.getCurrentCluster()?.server ?? ''
  return {
    server,
    name: `${server} of context ${config.currentContext}`,
    credentials: () => credentialsOf(config),
    unauthenticated: (credentials) => unauthenticated(credentials, config, clock),
  }
}
