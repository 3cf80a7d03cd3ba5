import type { Cluster, ClusterResponse } from '../../../src/cluster/cluster.ts'
import type { AutoscalerRules } from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Target } from '../../../src/simulate/autoscaler/proposal.ts'

const group = 'recording.iv.dev'
export const namespace = 'recording'
export const pools = `/apis/${group}/v1/namespaces/${namespace}/replicapools`
const autoscalers = `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`
const pods = `/api/v1/namespaces/${namespace}/pods`

/** Nothing but a scale: its pods are made by the recorder, so that it knows them all at every moment. */
export const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `replicapools.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'replicapools', singular: 'replicapool', kind: 'ReplicaPool' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.replicas',
            statusReplicasPath: '.status.replicas',
            labelSelectorPath: '.status.selector',
          },
        },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { replicas: { type: 'integer' } } },
              status: {
                type: 'object',
                properties: { replicas: { type: 'integer' }, selector: { type: 'string' } },
              },
            },
          },
        },
      },
    ],
  },
}

export async function send(
  cluster: Cluster,
  method: 'POST' | 'PATCH' | 'DELETE' | 'GET',
  request: { path: string; body?: unknown },
): Promise<ClusterResponse> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const response = await cluster.request({ method, contentType, ...request })
  if (response.status >= 300 && response.status !== 404) {
    throw new Error(`${method} ${request.path}: ${response.status} ${JSON.stringify(response.body)}`)
  }
  return response
}

export interface AutoscalerStatus {
  /** The reason of the condition ScalingLimited where it is true. */
  limit: string | undefined
  /** Thousandths, or percent of a resource. */
  metrics: (number | undefined)[]
}

interface Shown {
  value?: string
  averageValue?: string
  averageUtilization?: number
}

function shownIn(shown: Shown | undefined): number | undefined {
  if (shown?.averageUtilization !== undefined) return shown.averageUtilization
  const text = shown?.value ?? shown?.averageValue
  if (text === undefined) return undefined
  const unit = text.endsWith('m') ? 1 : text.endsWith('k') ? 1_000_000 : 1000
  return Number.parseInt(text, 10) * unit
}

/** A pool of the recorder and its pods: those that are Ready, and those that have only just been made. */
export class ReplicaPool {
  readonly name: string
  readonly #cluster: Cluster
  readonly #ready: string[] = []
  #starting: string[] = []
  #made = 0
  #statusReplicas = -1

  constructor(cluster: Cluster, name: string) {
    this.#cluster = cluster
    this.name = name
  }

  get ready(): readonly string[] {
    return this.#ready
  }

  get starting(): readonly string[] {
    return this.#starting
  }

  get statusReplicas(): number {
    return this.#statusReplicas
  }

  async create(rules: AutoscalerRules): Promise<void> {
    const { name } = this
    const body = { apiVersion: `${group}/v1`, kind: 'ReplicaPool', metadata: { name } }
    await send(this.#cluster, 'POST', {
      path: pools,
      body: { ...body, spec: { replicas: rules.minReplicas } },
    })
    await this.follow(rules.minReplicas)
    await this.follow(rules.minReplicas)
    await send(this.#cluster, 'POST', { path: autoscalers, body: autoscaler(name, rules) })
  }

  async specReplicas(): Promise<number> {
    const { body } = await send(this.#cluster, 'GET', { path: `${pools}/${this.name}` })
    return (body['spec'] as { replicas: number }).replicas
  }

  /** What the last sync said that wrote its status. */
  async status(): Promise<AutoscalerStatus> {
    const { body } = await send(this.#cluster, 'GET', { path: `${autoscalers}/${this.name}` })
    const { conditions = [], currentMetrics = [] } = (body['status'] ?? {}) as {
      conditions?: { type: string; status: string; reason: string }[]
      currentMetrics?: { [type: string]: { current?: Shown } }[]
    }
    const limited = conditions.find(({ type, status }) => type === 'ScalingLimited' && status === 'True')
    const metrics = currentMetrics.map((metric) =>
      shownIn(metric['external']?.current ?? metric['resource']?.current),
    )
    return { limit: limited?.reason, metrics }
  }

  /** Makes the pods that are started Ready, and as many as the scale asks for: new ones are Pending until the next time. */
  async follow(replicas: number): Promise<void> {
    const started = this.#starting
    this.#starting = []
    await Promise.all(started.map((pod) => this.#becomeReady(pod)))
    this.#ready.push(...started)
    const surplus = this.#ready.splice(replicas)
    await Promise.all(
      surplus.map((pod) => send(this.#cluster, 'DELETE', { path: `${pods}/${pod}?gracePeriodSeconds=0` })),
    )
    const missing = Math.max(0, replicas - this.#ready.length)
    this.#starting = await Promise.all(Array.from({ length: missing }, () => this.#makePod()))
    if (replicas === this.#statusReplicas) return
    const status = { replicas, selector: `app=${this.name}` }
    await send(this.#cluster, 'PATCH', { path: `${pools}/${this.name}/status`, body: { status } })
    this.#statusReplicas = replicas
  }

  async #makePod(): Promise<string> {
    this.#made += 1
    const name = `${this.name}-${this.#made}`
    const resources = { requests: { cpu: '1' } }
    const spec = { schedulerName: 'none', containers: [{ name: 'main', image: 'none', resources }] }
    const metadata = { name, labels: { app: this.name } }
    await send(this.#cluster, 'POST', { path: pods, body: { apiVersion: 'v1', kind: 'Pod', metadata, spec } })
    return name
  }

  /** Long since started and ready, so that the controller trusts its CPU at once. */
  async #becomeReady(pod: string): Promise<void> {
    const long = new Date(Date.now() - 3_600_000).toISOString()
    const condition = { type: 'Ready', status: 'True', lastTransitionTime: long }
    const status = { phase: 'Running', startTime: long, conditions: [condition] }
    await send(this.#cluster, 'PATCH', { path: `${pods}/${pod}/status`, body: { status } })
  }
}

function autoscaler(name: string, rules: AutoscalerRules): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: `${group}/v1`, kind: 'ReplicaPool', name },
      minReplicas: rules.minReplicas,
      maxReplicas: rules.maxReplicas,
      metrics: rules.metrics.map((target, index) => metric(`${name}.${index}`, target)),
      behavior: { scaleUp: rules.scaleUp, scaleDown: rules.scaleDown },
    },
  }
}

function metric(name: string, target: Target): object {
  if (target.type === 'Utilization') {
    const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: target.percent } }
    return { type: 'Resource', resource }
  }
  const value = `${target.milli}m`
  const wanted =
    target.type === 'Value' ? { type: 'Value', value } : { type: 'AverageValue', averageValue: value }
  return { type: 'External', external: { metric: { name }, target: wanted } }
}
