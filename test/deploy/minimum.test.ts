import { describe, expect, test } from 'vitest'
import type { ClusterRequest, JsonObject } from '../../src/cluster/cluster.ts'
import { decideMinimum, ensureMinimum } from '../../src/deploy/minimum.ts'
import { annotations } from '../../src/names.ts'
import type { PoolPlan } from '../../src/platform/region-plan.ts'
import { Duration } from '../../src/units/duration.ts'
import { fakeCluster } from './fake-cluster.ts'

const pool: PoolPlan = {
  name: 'sfu',
  namespace: 'media',
  workload: 'sfu',
  nodeShape: 'media',
  minimum: 3,
  maximum: 30,
  image: 'sfu:1',
  startup: Duration.seconds(20),
}

function deployment(change: { managers?: string[]; noted?: boolean; version?: number } = {}): JsonObject {
  const owners = (change.managers ?? []).map((manager) => ({
    manager,
    fieldsV1: { 'f:spec': { 'f:replicas': {} } },
  }))
  return {
    metadata: {
      name: 'sfu',
      namespace: 'media',
      resourceVersion: String(change.version ?? 1),
      annotations: change.noted ? { [annotations.minimumSet]: '3' } : {},
      managedFields: [
        { manager: 'pulumi-kubernetes-1a2b', fieldsV1: { 'f:spec': { 'f:template': {} } } },
        ...owners,
      ],
    },
    spec: { replicas: 1 },
  }
}

describe('whose count it is', () => {
  test('nobody has chosen the count of a new workload', () => {
    expect(decideMinimum(deployment())).toBe('set')
  })

  test.each(['kubectl', 'kube-controller-manager', 'iv-scale', 'keda-operator'])(
    '%s has chosen it',
    (manager) => {
      expect(decideMinimum(deployment({ managers: [manager] }))).toBe('note')
    },
  )

  test('the stack itself only has the default', () => {
    expect(decideMinimum(deployment({ managers: ['pulumi-kubernetes'] }))).toBe('set')
  })

  test('once noted it is left alone for ever', () => {
    expect(decideMinimum(deployment({ noted: true }))).toBe('leave')
  })
})

describe('setting it', () => {
  const scale = ({ path }: ClusterRequest): boolean => path.includes('/scale?')

  test('writes the count against the version that was seen, then the note, under a manager of its own', async () => {
    const cluster = fakeCluster(() => ({ status: 200, body: deployment({ noted: true }) }))
    expect(await ensureMinimum(cluster, pool, deployment({ version: 7 }))).toMatchObject({ isWritten: true })
    const [count, note] = cluster.requests
    expect(count?.path).toBe(
      '/apis/apps/v1/namespaces/media/deployments/sfu/scale?fieldManager=iv-scale&force=true',
    )
    expect(count?.body).toMatchObject({ metadata: { resourceVersion: '7' }, spec: { replicas: 3 } })
    expect(note?.path).toBe('/apis/apps/v1/namespaces/media/deployments/sfu?fieldManager=iv-scale')
    expect(note?.body).not.toHaveProperty('spec')
  })

  test('a count that was chosen meanwhile stays', async () => {
    const cluster = fakeCluster((request) => {
      if (scale(request)) return { status: 409, body: {} }
      const managers = ['kubectl']
      return { status: 200, body: deployment({ managers, version: 8 }) }
    })
    expect(await ensureMinimum(cluster, pool, deployment())).toMatchObject({ isWritten: false })
    expect(cluster.requests.filter(scale)).toHaveLength(1)
  })

  test('a lost race against a controller is run again', async () => {
    let lost = 3
    const cluster = fakeCluster((request) => {
      if (scale(request) && lost > 0) {
        lost -= 1
        return { status: 409, body: {} }
      }
      return { status: 200, body: deployment({ version: 9 - lost }) }
    })
    expect(await ensureMinimum(cluster, pool, deployment())).toMatchObject({ isWritten: true })
    expect(cluster.requests.filter(scale)).toHaveLength(4)
  })

  test('a workload that is gone is nobody’s to count', async () => {
    const cluster = fakeCluster((request) => ({ status: scale(request) ? 409 : 404, body: {} }))
    expect(await ensureMinimum(cluster, pool, deployment())).toEqual({
      deployment: undefined,
      isWritten: false,
    })
  })

  test('a missing permission is told with the object', async () => {
    const message = 'deployments.apps "sfu" is forbidden: User "ci" cannot patch resource "deployments/scale"'
    const cluster = fakeCluster(() => ({ status: 403, body: { message } }))
    await expect(ensureMinimum(cluster, pool, deployment())).rejects.toMatchObject({ code: 'AUTH' })
  })
})
