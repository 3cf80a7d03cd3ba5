/** One Kubernetes API server, as `iv` sees it. Bodies are plain JSON as the server sends them. */
export interface Cluster {
  /** `https://host:port`, for people. */
  readonly server: string
  readonly context: string
  /** The UID of `kube-system`: the cluster's identity. */
  uid(): Promise<string>
  version(): Promise<string>
  /**
   * One HTTP exchange. Does not throw on a status: callers know what 404 or 409 means to them. The exception is 401
   * (Failure `AUTH`), with which no caller can go on. No answer, or none in time, is Failure `OPERATION`.
   */
  request(input: ClusterRequest): Promise<ClusterResponse>
  /** Path of a kind's collection or object, from discovery (cached). Undefined when the server has no such kind. */
  pathOf(reference: ObjectReference): Promise<string | undefined>
  /** A chunked watch: one parsed event per line until the signal aborts or the server closes. */
  watch(path: string, options: WatchOptions): AsyncIterable<WatchEvent>
  close(): void
}

export interface ClusterRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with query, such as `/api/v1/namespaces?limit=1`. */
  path: string
  body?: unknown
  /** Of the body; `application/json` unless stated, `application/apply-patch+yaml` for server-side apply. */
  contentType?: string
  /** What the answer may be; `application/json` unless stated. */
  accept?: string
  /** 30 s unless stated. */
  deadlineMs?: number
  signal?: AbortSignal
  /** Asked when the connection stands and the request is about to leave; what it throws keeps it from leaving. */
  beforeSend?: (() => void) | undefined
}

export interface ClusterResponse {
  status: number
  body: JsonObject
}

export type JsonObject = { [key: string]: unknown }

export interface ObjectReference {
  apiVersion: string
  kind: string
  namespace?: string | undefined
  name?: string | undefined
}

export interface WatchOptions {
  signal: AbortSignal
  resourceVersion?: string
  fieldSelector?: string
  labelSelector?: string
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: JsonObject
}

/** How to reach a cluster. */
export interface ClusterAccess {
  /** Path of a kubeconfig file; undefined means KUBECONFIG or the usual place. */
  kubeconfig?: string | undefined
  context: string
}
