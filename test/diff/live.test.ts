import { expect, test } from 'vitest'
import type { Cluster, ClusterRequest, JsonObject } from '../../src/cluster/cluster.ts'
import type { DiffObject } from '../../src/diff/change.ts'
import { diffLive } from '../../src/diff/live.ts'
import { annotations } from '../../src/names.ts'
import { fakeCluster } from '../deploy/fake-cluster.ts'

const owner = 'interview/local.us-east'

function configMap(name: string, data: Record<string, string>): DiffObject {
  const metadata = { name, namespace: 'media', annotations: { [annotations.stack]: owner } }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
}

/** As the server keeps it: under an applier, with a mark of its own, and with what it added itself. */
function stored(object: DiffObject, manager = 'kustomize-controller'): DiffObject {
  const keys = Object.keys(object['data'] as object).map((key) => [`f:${key}`, {}])
  return {
    ...object,
    metadata: {
      ...object.metadata,
      uid: 'u',
      resourceVersion: '1',
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'media' },
      managedFields: [{ manager, operation: 'Apply', fieldsV1: { 'f:data': Object.fromEntries(keys) } }],
    },
  }
}

/** A server that has these ConfigMaps and answers a dry run with what was sent. */
function server(live: readonly DiffObject[]): { cluster: Cluster; tried: ClusterRequest[] } {
  const tried: ClusterRequest[] = []
  const fake = fakeCluster((request) => {
    if (request.method === 'GET') return { status: 200, body: { items: live } }
    tried.push(request)
    return { status: 200, body: request.body as JsonObject }
  })
  const pathOf = (): Promise<string> => Promise.resolve('/api/v1/configmaps')
  return { cluster: { ...fake, pathOf }, tried }
}

function run(cluster: Cluster, planned: readonly DiffObject[]) {
  const kinds = [{ apiVersion: 'v1', kind: 'ConfigMap' }]
  return diffLive({ region: 'us-east', cluster, planned, owner, platform: 'interview', kinds })
}

test('what is as wanted costs one list and nothing more', async () => {
  const planned = [configMap('a', { x: '1' }), configMap('b', { x: '1' })]
  const { cluster, tried } = server(planned.map((object) => stored(object)))
  expect(await run(cluster, planned)).toEqual({ changes: [], same: 2 })
  expect(tried).toEqual([])
})

test('only what differs is tried, by force and under the name of its applier, and nothing is kept', async () => {
  const planned = [configMap('a', { x: '2' }), configMap('b', { x: '1' })]
  const { cluster, tried } = server(
    [configMap('a', { x: '1' }), configMap('b', { x: '1' })].map((o) => stored(o)),
  )
  const { changes, same } = await run(cluster, planned)
  expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual(['update a'])
  expect(same).toBe(1)
  expect(tried.map(({ path }) => path)).toEqual([
    '/api/v1/configmaps?dryRun=All&force=true&fieldManager=kustomize-controller',
  ])
})

test('a field that was applied and is no longer wanted is a difference', async () => {
  const { cluster, tried } = server([stored(configMap('a', { x: '1', old: '1' }))])
  await run(cluster, [configMap('a', { x: '1' })])
  expect(tried).toHaveLength(1)
})

test('what nobody wants any more is deleted where it is ours, and left alone where it is not', async () => {
  const foreign = configMap('foreign', {})
  foreign.metadata['annotations'] = { [annotations.stack]: 'another/stack' }
  const { cluster } = server([stored(configMap('gone', {})), stored(foreign)])
  const { changes } = await run(cluster, [])
  expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual(['delete gone'])
})
