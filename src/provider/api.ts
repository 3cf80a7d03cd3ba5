import type { ClusterRequest, ClusterResponse, JsonObject, ObjectReference } from '../cluster/cluster.ts'
import { resourcePath } from '../cluster/discovery.ts'
import type { ApiResource } from '../cluster/discovery.ts'
import { failureOf, isUnserved, objectName } from '../cluster/errors.ts'
import { Failure, isFailure } from '../failure.ts'
import { numberAt } from './json.ts'
import type { Session } from './session.ts'

export interface Located {
  reference: ObjectReference
  path: string
  resource: ApiResource
}

/** Finds where an object lives. Undefined when the server has no such kind. */
export async function locate(session: Session, reference: ObjectReference): Promise<Located | undefined> {
  const resource = await session.cluster.resourceOf(reference.apiVersion, reference.kind)
  if (!resource) return undefined
  const named = {
    ...reference,
    namespace: resource.namespaced
      ? (reference.namespace ?? session.settings.namespace ?? 'default')
      : undefined,
  }
  return { reference: named, resource, path: resourcePath(named, resource) }
}

export function noSuchKind(reference: ObjectReference): Failure {
  return new Failure(
    'OPERATION',
    `${objectName(reference)}: the server has no kind ${reference.kind} in ${reference.apiVersion}`,
    { next: 'install its CustomResourceDefinition first' },
  )
}

/** The live object, or undefined where there is none. */
export async function readLive(session: Session, located: Located): Promise<JsonObject | undefined> {
  const answer = await readAnswer(session, located)
  return answer === 'unserved' ? undefined : answer
}

/** Undefined for an object that is gone; `unserved` where the server does not have the path at all now. */
export async function readAnswer(
  session: Session,
  located: Located,
): Promise<JsonObject | 'unserved' | undefined> {
  const response = await send(session, { method: 'GET', path: located.path })
  if (isUnserved(response)) return 'unserved'
  if (response.status === 404) return undefined
  if (response.status !== 200) throw failureOf(response, located.reference)
  return response.body
}

const overloadAttempts = 5

/**
 * One request, asked again while the server is overloaded or restarting. All requests of this provider leave the
 * same result when they are repeated. None that writes leaves once the lock of the region is lost.
 */
export async function send(session: Session, request: ClusterRequest): Promise<ClusterResponse> {
  const input = isWrite(request) ? { ...request, beforeSend: session.assertMayWrite } : request
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === overloadAttempts
    const response = await session.cluster.request(input).catch((error: unknown) => {
      if (last || !isFailure(error) || !error.retryable || error.code === 'LOCKED') throw error
      return undefined
    })
    if (response && (last || (response.status !== 429 && response.status < 500))) return response
    const waitS = numberAt(response?.body, 'details', 'retryAfterSeconds') ?? 0
    await session.clock.sleep(Math.max(waitS * 1000, 200 * 2 ** attempt), session.signal)
  }
}

function isWrite({ method, path }: ClusterRequest): boolean {
  return method !== 'GET' && !/[?&]dryRun=All\b/.test(path)
}
