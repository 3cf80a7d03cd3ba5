import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster, JsonObject } from '../../src/cluster/cluster.ts'
import { labels } from '../../src/names.ts'
import { makePaths } from '../../src/paths.ts'
import { objectsOf, workloadsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { WorkloadPlan } from '../../src/platform/region-plan.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { examplePlatform } from '../platform/example.ts'
import { touches } from '../support/touches.ts'
import { apply, gone, remove } from './planned.ts'

/** Under a name of its own, in a region whose nodes nothing else is using. */
const plan = planRegion(examplePlatform({ name: 'placed' }), 'us-west')
let cluster: Cluster

interface Pod {
  metadata: { name: string; deletionTimestamp?: string; labels: Record<string, string> }
  spec: { nodeName?: string }
  status: { conditions?: { type: string; status: string }[] }
}

beforeAll(async () => {
  const paths = makePaths({ packageRoot: '', project: inject('sandboxProject'), environment: {} })
  cluster = await connectCluster({
    kubeconfig: sandboxKubeconfig(paths),
    context: sandboxContext('us-west'),
  })
  for (const object of objectsOf(plan)) {
    const { status, body } = await apply(cluster, object, { dryRun: false })
    if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${JSON.stringify(body)}`)
  }
})

afterAll(async () => {
  for (const { namespace } of plan.tiers) await remove(cluster, namespace)
  for (const priority of plan.priorityClasses) await remove(cluster, priority)
  // The next test file may want the same nodes.
  for (const { namespace } of plan.tiers) await gone(cluster, namespace)
  cluster.close()
})

async function scale({ namespace, workload }: WorkloadPlan, replicas: number): Promise<void> {
  const { status } = await cluster.request({
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${workload}/scale`,
    contentType: 'application/merge-patch+json',
    body: { spec: { replicas } },
  })
  expect(status).toBe(200)
}

/** The running pods, once there are as many ready ones as wanted and no others. */
async function settled({ namespace, workload }: WorkloadPlan, replicas: number): Promise<Pod[]> {
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${labels.name}%3D${workload}`
  const deadline = systemClock.monotonicMs() + 60_000
  for (;;) {
    const { body } = await cluster.request({ method: 'GET', path })
    const pods = (body as unknown as { items: Pod[] }).items.filter((pod) => !pod.metadata.deletionTimestamp)
    if (pods.length === replicas && pods.every(isReady)) return pods
    if (systemClock.monotonicMs() > deadline)
      throw new Error(`${workload}: ${JSON.stringify(pods.map(brief))}`)
    await systemClock.sleep(100)
  }
}

function isReady({ status }: Pod): boolean {
  return (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True')
}

function brief({ metadata, spec, status }: Pod): JsonObject {
  return { name: metadata.name, node: spec.nodeName, conditions: status.conditions }
}

function nodeOf(pod: Pod) {
  const node = plan.nodes.find(({ name }) => name === pod.spec.nodeName)
  if (!node) throw new Error(`${pod.metadata.name} is on no planned node`)
  return node
}

function skew(pods: readonly Pod[], zones: readonly string[]): number {
  const counts = zones.map((zone) => pods.filter((pod) => nodeOf(pod).zone === zone).length)
  return Math.max(...counts) - Math.min(...counts)
}

describe('the real scheduler on the planned nodes', () => {
  test.each(workloadsOf(plan))(
    'places $name at its minimum on its shape, spread over the zones',
    async (pool) => {
      touches('api-server')
      // What is started on demand stands at none, and has room for one.
      const count = Math.max(1, pool.minimum)
      await scale(pool, count)
      const pods = await settled(pool, count)
      expect(new Set(pods.map((pod) => nodeOf(pod).shape))).toEqual(new Set([pool.nodeShape]))
      const zones = new Set(
        plan.nodes.filter(({ shape }) => shape === pool.nodeShape).map(({ zone }) => zone),
      )
      expect(skew(pods, [...zones])).toBeLessThanOrEqual(1)
    },
  )

  test.each(['api', 'asr', 'tts'])('has room for seven of %s', async (name) => {
    touches('api-server')
    const pool = poolNamed(name)
    await scale(pool, 7)
    expect(await settled(pool, 7)).toHaveLength(7)
  })

  test.each(['sfu', 'llm', 'api'])('a new revision of %s replaces the old one completely', async (name) => {
    touches('api-server')
    const pool = poolNamed(name)
    const count = name === 'api' ? 7 : pool.minimum
    const changed = structuredClone(pool.deployment)
    for (const container of changed.spec.template.spec.containers) container.image = `iv.local/${name}:next`
    expect((await apply(cluster, changed, { dryRun: false })).status).toBe(200)
    await rolledOut(pool, count)
    expect(await settled(pool, count)).toHaveLength(count)
  })
})

function poolNamed(name: string): WorkloadPlan {
  const found = plan.pools.find((pool) => pool.name === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

async function rolledOut({ namespace, workload }: WorkloadPlan, replicas: number): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${workload}`
  const deadline = systemClock.monotonicMs() + 90_000
  for (;;) {
    const { body } = await cluster.request({ method: 'GET', path })
    const { metadata, status } = body as {
      metadata: { generation: number }
      status: {
        observedGeneration?: number
        updatedReplicas?: number
        replicas?: number
        readyReplicas?: number
      }
    }
    const { updatedReplicas, readyReplicas } = status
    const seen = status.observedGeneration === metadata.generation
    if (seen && updatedReplicas === replicas && status.replicas === replicas && readyReplicas === replicas)
      return
    if (systemClock.monotonicMs() > deadline) throw new Error(`${workload}: ${JSON.stringify(status)}`)
    await systemClock.sleep(100)
  }
}
