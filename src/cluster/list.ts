import type { Cluster, JsonObject } from './cluster.ts'
import { failureOf } from './errors.ts'

export interface ListOptions {
  /** How a failure names what was asked for; the last part of the path unless stated. */
  what?: string
  /** A server that has no such kind has no objects of it. */
  absentIsEmpty?: boolean
}

/**
 * The objects of one collection, all in one request.
 * @throws Failure as the server's answer means, naming what was asked for.
 */
export async function listObjects<T = JsonObject>(
  cluster: Pick<Cluster, 'request'>,
  path: string,
  { what = lastPart(path), absentIsEmpty = false }: ListOptions = {},
): Promise<T[]> {
  const response = await cluster.request({ method: 'GET', path })
  if (absentIsEmpty && response.status === 404) return []
  if (response.status !== 200) throw failureOf(response, `list of ${what}`)
  return (response.body['items'] ?? []) as T[]
}

/** `pods` of `/api/v1/namespaces/media/pods?limit=1`. */
function lastPart(path: string): string {
  return path.split('?')[0]?.split('/').at(-1) ?? path
}
