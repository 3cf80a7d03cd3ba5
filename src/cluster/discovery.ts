import { failureOf } from './errors.ts'
import type { ClusterRequest, ClusterResponse, ObjectReference } from './cluster.ts'

/** One kind as the server serves it. */
export interface ApiResource {
  /** Plural, as in paths: `deployments`. */
  plural: string
  kind: string
  namespaced: boolean
}

type Request = (input: ClusterRequest) => Promise<ClusterResponse>
type Kinds = ReadonlyMap<string, ApiResource>

/** What kinds a server has, one request per group version, remembered for the connection. */
export class Discovery {
  readonly #request: Request
  readonly #known = new Map<string, Promise<Kinds>>()

  constructor(request: Request) {
    this.#request = request
  }

  /** Asks the server again when the kind is not known: a definition may have been added meanwhile. */
  async find(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const remembered = this.#known.get(apiVersion)
    const hit = remembered && (await remembered).get(kind)
    if (hit) return hit
    const asked = this.#ask(apiVersion)
    this.#known.set(apiVersion, asked)
    try {
      return (await asked).get(kind)
    } catch (error) {
      this.#known.delete(apiVersion)
      throw error
    }
  }

  async #ask(apiVersion: string): Promise<Kinds> {
    const response = await this.#request({ method: 'GET', path: groupPath(apiVersion) })
    if (response.status === 404) return new Map()
    if (response.status !== 200) throw failureOf(response, `kinds of ${apiVersion}`)
    const resources = (response.body['resources'] ?? []) as {
      name: string
      kind: string
      namespaced: boolean
    }[]
    const whole = resources.filter((resource) => !resource.name.includes('/'))
    return new Map(
      whole.map(({ name, kind, namespaced }) => [kind, { plural: name, kind, namespaced }] as const),
    )
  }
}

export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

/** Without a name the collection, without a namespace all of them; a named object defaults to `default`. */
export function resourcePath(reference: ObjectReference, resource: ApiResource): string {
  const parts = [groupPath(reference.apiVersion)]
  const namespace = reference.namespace ?? (reference.name === undefined ? undefined : 'default')
  if (resource.namespaced && namespace !== undefined) parts.push('namespaces', encodeURIComponent(namespace))
  parts.push(resource.plural)
  if (reference.name !== undefined) parts.push(encodeURIComponent(reference.name))
  return parts.join('/')
}
