import type { FailureCode } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { ClusterResponse, JsonObject, ObjectReference } from './cluster.ts'

/** `Deployment media/sfu`: how people and errors name an object. */
export function objectName(reference: ObjectReference): string {
  const name = [reference.namespace, reference.name]
    .filter((part) => part !== undefined && part !== '')
    .join('/')
  return name === '' ? reference.kind : `${reference.kind} ${name}`
}

/**
 * Turns a refusal of the API server into a `Failure` that names the object.
 * What authentication and RBAC refuse is `AUTH`, what admission and everything else refuse is `OPERATION`; overload
 * and server errors are marked retryable.
 */
export function failureOf(response: ClusterResponse, what: ObjectReference | string): Failure {
  const subject = typeof what === 'string' ? what : objectName(what)
  const { status } = response
  const reason = statusMessage(response.body) ?? `the server answered ${status}`
  const code = codeOf(status, reason)
  const next = code === 'OPERATION' && status === 403 ? 'change the object or the policy' : nextStep(status)
  return new Failure(code, `${subject}: ${reason}`, {
    ...(next === undefined ? {} : { next }),
    retryable: status === 429 || status >= 500 || isUnserved(response),
  })
}

/**
 * A path that the server does not have, unlike an object that it does not have: there is no such kind, or its
 * definition is being taken in anew, which takes the path away for a moment.
 */
export function isUnserved({ status, body }: ClusterResponse): boolean {
  return status === 404 && body['kind'] !== 'Status'
}

/** Admission also answers 403; only the authoriser's refusal says which user may not do what. */
function codeOf(status: number, reason: string): FailureCode {
  if (status === 401) return 'AUTH'
  if (status === 403) return /User "[^"]*" cannot|the server answered/.test(reason) ? 'AUTH' : 'OPERATION'
  return 'OPERATION'
}

function nextStep(status: number): string | undefined {
  if (status === 401) return 'renew the credentials of this kubeconfig context'
  if (status === 403) return 'ask for this permission, or use a context that has it'
  if (status === 429 || status >= 500) return 'try again'
  return undefined
}

/** The `message` of a Kubernetes `Status`, on one line. */
export function statusMessage(body: JsonObject): string | undefined {
  const message = body['message']
  return typeof message === 'string' && message !== '' ? message.replace(/\s*\n\s*/g, ' ') : undefined
}

/** Why a connection failed, in words: the innermost cause of Node's error. */
export function connectionReason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return connectionReason(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error.message || code)
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be resolved now',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'network unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is not trusted by the kubeconfig',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not signed by the authority in the kubeconfig',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}
