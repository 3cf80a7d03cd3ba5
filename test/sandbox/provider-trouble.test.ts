import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js'
import { CustomResourceDefinition } from '@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js'
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js'
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest'
import { at } from '../../src/provider/json.ts'
import { configMap, deployment, ground, owned, provider } from './provider-objects.ts'
import { changes, failureFrom, makeProviderProject } from './provider-project.ts'
import type { ProviderProject } from './provider-project.ts'

let project: ProviderProject

beforeAll(async () => {
  project = await makeProviderProject()
})

afterEach(async () => {
  await project.up(async () => {})
})

afterAll(async () => {
  await project.close()
})

const collection = '/api/v1/namespaces/default/configmaps'

/** As the official provider creates: a plain POST under its own manager. */
async function put(name: string, annotations: Record<string, string>): Promise<void> {
  const body = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, annotations },
    data: { x: 'before', dropped: '1' },
  }
  const path = `${collection}?fieldManager=pulumi-kubernetes`
  expect((await project.cluster.request({ method: 'POST', path, body })).status).toBe(201)
}

test('an object of somebody else is refused, in the preview already, and left as it was', async () => {
  await put('pv-theirs', { 'iv.dev/stack': 'provider/other' })
  const program = async () => {
    configMap(owned('pv-theirs', 'default'), { x: 'mine' }, { provider: provider() })
  }
  expect(await failureFrom(project.preview(program))).toMatchObject({ code: 'OPERATION' })
  expect((await failureFrom(project.up(program))).message).toContain(
    'ConfigMap default/pv-theirs: exists already and belongs to stack provider/other',
  )
  const live = await project.cluster.request({ method: 'GET', path: `${collection}/pv-theirs` })
  expect(at(live.body, 'data', 'x')).toBe('before')
  await project.cluster.request({ method: 'DELETE', path: `${collection}/pv-theirs` })
})

test('an object that a crashed run left behind is taken up, also one that the official provider made', async () => {
  await put('pv-left', { 'iv.dev/stack': 'provider/test' })
  const program = async () => {
    configMap(owned('pv-left', 'default'), { x: 'mine' }, { provider: provider() })
  }
  expect((await project.up(program)).summary.create).toBe(2)
  const live = await project.cluster.request({ method: 'GET', path: `${collection}/pv-left` })
  expect(at(live.body, 'data')).toEqual({ x: 'mine' })
})

test('a workload that cannot get ready fails in time, says why, and is looked at again', async () => {
  const program = (cpu: string) => async () => {
    const options = { provider: provider(), customTimeouts: { create: '3s', update: '20s' } }
    deployment({ metadata: owned('pv-stuck', 'default'), cpu }, options)
  }
  const failure = await failureFrom(project.up(program('100000')))
  expect(failure).toMatchObject({ code: 'OPERATION' })
  expect(failure.message).toMatch(
    /Deployment default\/pv-stuck: not ready after 3 s: 0\/1 pods ready; 1 pod: Unschedulable: /,
  )
  expect(changes(await project.preview(program('100000')))).toEqual({ 'default/pv-stuck': 'update' })
  await project.up(program('100m'))
  expect((await project.preview(program('100m'))).changes).toEqual([])
})

test('a finalizer that holds a deletion is named, and a later run goes on', async () => {
  const path = `${collection}/pv-held`
  await project.up(async () => {
    const metadata = { ...owned('pv-held', 'default'), finalizers: ['iv.dev/hold'] }
    const options = { provider: provider(), customTimeouts: { delete: '2s' } }
    new ConfigMap('pv-held', { metadata, data: {} }, options)
  })
  const failure = await failureFrom(project.destroy())
  expect(failure.message).toContain(
    'ConfigMap default/pv-held: still there 2 s after its deletion: finalizers iv.dev/hold hold it',
  )
  await project.meddle(path, { metadata: { finalizers: null } })
  await project.destroy()
  expect((await project.cluster.request({ method: 'GET', path })).status).toBe(404)
})

test('a kind and an object of it arrive in one program, and rules of the kind replace instead of failing', async () => {
  const program = (tier: string) => async () => {
    const options = { provider: provider() }
    new CustomResourceDefinition('pv-kind', definition, options)
    const spec = { tier }
    const metadata = owned('pv-ring', 'default')
    new CustomResource('pv-ring', { apiVersion: 'pv.iv.dev/v1', kind: 'Ring', metadata, spec }, options)
  }
  await project.up(program('gold'))
  expect((await project.preview(program('gold'))).changes).toEqual([])
  expect(changes(await project.preview(program('lead')))['default/pv-ring']).toMatch(/^replace/)
  await project.up(program('lead'))
  expect((await project.preview(program('lead'))).changes).toEqual([])
})

test('a namespace that nobody makes is a warning in the preview and an error in the end', async () => {
  const program = async () => {
    configMap(owned('pv-lost', 'pv-nowhere'), {}, { provider: provider() })
  }
  await project.preview(program)
  expect(project.warnings()).toContainEqual(
    expect.stringContaining('nor this stack has namespace pv-nowhere'),
  )
  const failure = await failureFrom(project.up(program))
  expect(failure.message).toContain('ConfigMap pv-nowhere/pv-lost: namespace pv-nowhere does not exist')
})

test('many objects come and go with their namespace', async () => {
  const program = async () => {
    const { inside } = ground('pv-many')
    for (let index = 0; index < 60; index += 1)
      configMap(owned(`pv-${index}`, 'pv-many'), { index: `${index}` }, inside)
  }
  expect((await project.up(program)).summary.create).toBe(62)
  const again = await project.preview(program)
  expect(again.summary.same).toBe(62)
})

const fixed = [{ rule: 'self == oldSelf', message: 'a tier is immutable' }]
const properties = {
  spec: { type: 'object', properties: { tier: { type: 'string', 'x-kubernetes-validations': fixed } } },
}
const definition = {
  metadata: owned('rings.pv.iv.dev'),
  spec: {
    group: 'pv.iv.dev',
    scope: 'Namespaced',
    names: { plural: 'rings', kind: 'Ring' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties } },
      },
    ],
  },
}
