import { X509Certificate } from 'node:crypto'
import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import type { Clock } from '../clock.ts'
import { Failure } from '../failure.ts'

/** What one request needs beside method and path: TLS material, headers, and a proxy's agent where one is set. */
export type Credentials = Pick<
  RequestOptions,
  'ca' | 'cert' | 'key' | 'auth' | 'servername' | 'rejectUnauthorized' | 'agent'
> & { headers?: Record<string, string> }

/**
 * Asks the kubeconfig (exec plugins and tokens included) for the credentials of the next request. Asked each
 * time because tokens and certificates from plugins and files are renewed while a long run goes on.
 * @throws Failure `AUTH` when a plugin fails.
 */
export async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error)
    throw new Failure('AUTH', `no credentials for context ${config.currentContext}: ${reason}`, {
      cause: error,
      next: 'check the user entry of the kubeconfig',
    })
  }
  const { agent, ...rest } = options as RequestOptions & { headers?: Record<string, string> }
  // Their agent is wanted for its proxy only: ours keeps connections alive.
  return config.getCurrentCluster()?.proxyUrl === undefined ? rest : { ...rest, agent }
}

/** The failure for a 401, which says whether the client certificate has run out. */
export function unauthenticated(credentials: Credentials, config: KubeConfig, clock: Clock): Failure {
  const user = config.getCurrentUser()?.name ?? '(no user)'
  const expired = expiredCertificate(credentials, clock)
  return new Failure(
    'AUTH',
    expired === undefined
      ? `${config.getCurrentCluster()?.server} does not accept user ${user} of context ${config.currentContext} (401)`
      : `client certificate of user ${user} in context ${config.currentContext} expired at ${expired.toISOString()} (401)`,
    { next: 'renew the credentials of this kubeconfig context' },
  )
}

function expiredCertificate(credentials: Credentials, clock: Clock): Date | undefined {
  const pem = Array.isArray(credentials.cert) ? credentials.cert[0] : credentials.cert
  if (pem === undefined) return undefined
  try {
    const { validToDate } = new X509Certificate(pem)
    return validToDate < clock.now() ? validToDate : undefined
  } catch {
    // Not a certificate at all: the server's own refusal is the better message.
    return undefined
  }
}
