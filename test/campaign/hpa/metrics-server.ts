import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { namespace, send } from './replica-pool.ts'

/** What the controller asks an aggregated API for, and what it gets; undefined where nobody knows. */
export interface MetricSource {
  external(name: string): Promise<number | undefined>
  /** CPU in thousandths by pod, for the pods of an app. */
  cpu(app: string): Promise<ReadonlyMap<string, number>>
}

const groups = ['external.metrics.k8s.io', 'metrics.k8s.io']

/** Serves external and resource metrics behind the API server's aggregation layer. `tls` is a folder with a serving pair. */
export async function serveMetrics(
  cluster: Cluster,
  tls: string,
  source: MetricSource,
): Promise<{ close: () => Promise<void> }> {
  const pair = (end: string): Buffer => readFileSync(join(tls, `kube-apiserver.${end}`))
  const server = createServer({ key: pair('key'), cert: pair('crt') }, (request, response) => {
    const answer = async (): Promise<object | undefined> => answerTo(request.url ?? '/', source)
    answer().then(
      (body) => {
        response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
        response.end(
          JSON.stringify(body ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }),
        )
      },
      (error: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain' })
        response.end(String(error))
      },
    )
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  await register(cluster, (server.address() as AddressInfo).port)
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { close }
}

async function register(cluster: Cluster, port: number): Promise<void> {
  const metadata = { name: 'metrics', namespace }
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'ExternalName', externalName: 'localhost' },
  }
  await send(cluster, 'POST', { path: `/api/v1/namespaces/${namespace}/services`, body: service })
  for (const group of groups) {
    const spec = {
      group,
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'metrics', namespace, port },
    }
    const body = {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1beta1.${group}` },
      spec,
    }
    await send(cluster, 'POST', { path: '/apis/apiregistration.k8s.io/v1/apiservices', body })
  }
}

async function answerTo(url: string, source: MetricSource): Promise<object | undefined> {
  const { pathname, searchParams } = new URL(url, 'https://localhost')
  const [, , group = '', version, , , name = ''] = pathname.split('/')
  if (!groups.includes(group) || version !== 'v1beta1') return undefined
  if (name === '')
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: `${group}/v1beta1`,
      resources: resourcesOf(group),
    }
  const timestamp = new Date().toISOString()
  if (group === 'external.metrics.k8s.io') {
    const value = await source.external(name)
    const items =
      value === undefined ? [] : [{ metricName: name, metricLabels: {}, timestamp, value: `${value}m` }]
    return { kind: 'ExternalMetricValueList', apiVersion: `${group}/v1beta1`, metadata: {}, items }
  }
  const app = (searchParams.get('labelSelector') ?? '').replace('app=', '')
  const items = [...(await source.cpu(app))].map(([pod, milli]) => ({
    metadata: { name: pod, namespace, labels: { app } },
    timestamp,
    window: '10s',
    containers: [{ name: 'main', usage: { cpu: `${milli}m`, memory: '0' } }],
  }))
  return { kind: 'PodMetricsList', apiVersion: `${group}/v1beta1`, metadata: {}, items }
}

function resourcesOf(group: string): object[] {
  const kind = group === 'metrics.k8s.io' ? 'PodMetrics' : 'ExternalMetricValueList'
  const name = group === 'metrics.k8s.io' ? 'pods' : 'externalmetrics'
  return [{ name, singularName: '', namespaced: true, kind, verbs: ['get', 'list'] }]
}
