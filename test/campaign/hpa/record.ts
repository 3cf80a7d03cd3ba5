import { setTimeout as pause } from 'node:timers/promises'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { replaceController } from './controller.ts'
import { serveMetrics } from './metrics-server.ts'
import { Recorder } from './recorder.ts'
import type { Series } from './recording.ts'
import { definition, namespace, pools, send } from './replica-pool.ts'
import type { Subject } from './subjects.ts'

interface RecordInput {
  cluster: Cluster
  /** Folder with the serving certificate of the region's API server. */
  tls: string
  /** The region's controller-manager, which is ended. */
  controllerPid: number
  subjects: readonly Subject[]
  seconds: number
}

/** Decisions of the real autoscaler controller on a region of a sandbox, which is of no other use afterwards. */
export async function recordDecisions(input: RecordInput): Promise<Series[]> {
  const { cluster, tls, controllerPid, subjects, seconds } = input
  await send(cluster, 'POST', { path: '/api/v1/namespaces', body: { metadata: { name: namespace } } })
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  await send(cluster, 'POST', { path: definitions, body: definition })
  const recorder = new Recorder(cluster, subjects)
  const server = await serveMetrics(cluster, tls, recorder)
  try {
    await established(cluster, [
      '/apis/external.metrics.k8s.io/v1beta1',
      '/apis/metrics.k8s.io/v1beta1',
      pools,
      `/api/v1/namespaces/${namespace}/serviceaccounts/default`,
    ])
    const controller = await replaceController(controllerPid)
    try {
      await recorder.create()
      await pause(1000 * seconds)
    } finally {
      await controller.stop()
    }
    return await recorder.end()
  } finally {
    await server.close()
  }
}

async function established(cluster: Cluster, paths: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const answers = await Promise.all(paths.map((path) => cluster.request({ method: 'GET', path })))
    if (answers.every(({ status }) => status === 200)) return
    await pause(250)
  }
  throw new Error(`not served within 30 s: one of ${paths.join(', ')}`)
}
