import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { connectCluster, connectSource } from '../../src/cluster/connect.ts'
import { touches } from '../support/touches.ts'
import { access } from './provider-project.ts'

test('a region answers with its identity, its version and its kinds', async () => {
  touches('api-server')
  const [east, west] = [await connectCluster(access('us-east')), await connectCluster(access('us-west'))]
  expect(await east.uid()).toMatch(/^[0-9a-f-]{36}$/)
  expect(await east.uid()).not.toBe(await west.uid())
  expect(await east.version()).toMatch(/^v1\.\d+\.\d+/)
  const sfu = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'media', name: 'sfu' }
  expect(await east.pathOf(sfu)).toBe('/apis/apps/v1/namespaces/media/deployments/sfu')
  expect(await east.pathOf({ ...sfu, kind: 'Nothing' })).toBeUndefined()
  for (const cluster of [east, west]) cluster.close()
})

test('a server that the authority of the kubeconfig did not sign is not talked to', async () => {
  touches('api-server')
  const { kubeconfig, context } = access('us-east')
  const text = await readFile(kubeconfig, 'utf8')
  const without = text.replaceAll(/\n\s*"?certificate-authority(-data)?"?:.*/g, '')
  expect(without).not.toBe(text)
  await expect(connectSource({ contents: without, context })).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringMatching(/cannot reach https:.*certificate/),
  })
})

test('a watch tells of an object that comes and goes', async () => {
  touches('api-server')
  const cluster = await connectCluster(access('us-east'))
  const collection = '/api/v1/namespaces/default/configmaps'
  const started = await cluster.request({ method: 'GET', path: `${collection}?limit=1` })
  const { resourceVersion } = started.body['metadata'] as { resourceVersion: string }
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'seen' } }
  await cluster.request({ method: 'POST', path: collection, body })
  await cluster.request({ method: 'DELETE', path: `${collection}/seen` })
  const controller = new AbortController()
  const options = { signal: controller.signal, resourceVersion, fieldSelector: 'metadata.name=seen' }
  const seen: string[] = []
  for await (const event of cluster.watch(collection, options)) {
    seen.push(event.type)
    if (event.type === 'DELETED') controller.abort()
  }
  expect(seen).toEqual(['ADDED', 'DELETED'])
  cluster.close()
})
