import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js'
import { Service } from '@pulumi/kubernetes/core/v1/service.js'
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js'
import { secret } from '@pulumi/pulumi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import { at } from '../../src/provider/json.ts'
import { configMap, deployment, ground, owned, provider } from './provider-objects.ts'
import { access, changes, failureFrom, makeProviderProject } from './provider-project.ts'
import type { ProviderProject } from './provider-project.ts'

let project: ProviderProject

beforeAll(async () => {
  project = await makeProviderProject()
})

afterAll(async () => {
  await project.close()
})

const cm = '/api/v1/namespaces/pv-life/configmaps/settings'
const app = '/apis/apps/v1/namespaces/pv-life/deployments/app'

interface Wanted {
  mode?: string
  image?: string
  app?: string
  force?: boolean
}

/** What most tests start from; they run in order, each from where the one before left the stack. */
function life({
  mode = 'a',
  image = 'registry.invalid/a:1',
  app: label = 'app',
  force = false,
}: Wanted = {}) {
  return async () => {
    const { inside } = ground('pv-life')
    const annotations = force ? { 'pulumi.com/patchForce': 'true' } : {}
    configMap(owned('settings', 'pv-life', annotations), { mode }, inside)
    deployment({ metadata: owned('app', 'pv-life'), image, app: label }, inside)
    const password = { password: 'correct horse battery' }
    new Secret('login', { metadata: owned('login', 'pv-life'), stringData: password }, inside)
    new ConfigMap(
      'hidden',
      { metadata: owned('hidden', 'pv-life'), data: { token: secret('staple') } },
      inside,
    )
  }
}

test('a stack is made, waits until its pods are ready, and is unchanged right after', async () => {
  const made = await project.up(life())
  expect(made.summary).toMatchObject({ create: 6, update: 0, delete: 0 })
  const live = (await project.cluster.request({ method: 'GET', path: app })).body
  expect(at(live, 'status', 'availableReplicas')).toBe(1)
  expect((await project.preview(life())).summary).toEqual({
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    same: 6,
  })
})

test('an up that is bound to a preview takes no step that it did not show', async () => {
  const hidden = '/api/v1/namespaces/pv-life/configmaps/hidden'
  const between = () => project.meddle(hidden, { data: { token: 'meddled' } })
  expect(await failureFrom(project.upAfter(life(), between))).toMatchObject({ code: 'CHANGES' })
  await project.meddle(hidden, { data: { token: 'staple' } })
  expect((await project.upAfter(life(), () => Promise.resolve())).changes).toEqual([])
})

test('no secret lies in clear in the state', async () => {
  const state = await readFile(join(project.state, '.pulumi/stacks/provider/test.json'), 'utf8')
  expect(state).toContain('settings')
  for (const text of ['correct horse battery', 'staple']) {
    expect(state).not.toContain(text)
    expect(state).not.toContain(Buffer.from(text).toString('base64'))
  }
})

test('what others own is no difference: replicas, foreign labels and keys', async () => {
  await project.meddle(`${app}/scale`, { spec: { replicas: 2 } })
  await project.meddle(cm, { metadata: { labels: { foreign: '1' } }, data: { theirs: '1' } })
  expect((await project.preview(life())).changes).toEqual([])
})

test('a field of ours that somebody changed or removed is an update, told before anything is done', async () => {
  await project.meddle(cm, { data: { mode: 'theirs' } })
  await project.meddle(app, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } })
  await project.meddle('/api/v1/namespaces/pv-life/secrets/login', { stringData: { password: 'known' } })
  expect(changes(await project.preview(life()))).toEqual({
    'pv-life/settings': 'update data.mode',
    'pv-life/app': 'update metadata.labels',
    'pv-life/login': 'update stringData.password',
  })
  expect(project.warnings()).toContainEqual(expect.stringContaining('conflict: meddler owns .data.mode'))
})

test('an up does not overwrite what another manager took, and says who and where', async () => {
  const failure = await failureFrom(project.up(life()))
  expect(failure).toMatchObject({ code: 'OPERATION' })
  expect(failure.message).toContain('ConfigMap pv-life/settings: conflict: meddler owns .data.mode')
})

test('it takes it with patchForce, keeps the count of others, and then nothing differs', async () => {
  await project.up(life({ mode: 'b', force: true }))
  const [settings, live] = await Promise.all(
    [cm, app].map(async (path) => (await project.cluster.request({ method: 'GET', path })).body),
  )
  expect(at(settings, 'data')).toEqual({ mode: 'b', theirs: '1' })
  expect(at(live, 'spec', 'replicas')).toBe(2)
  expect((await project.preview(life({ mode: 'b', force: true }))).changes).toEqual([])
})

test('a field that cannot be changed in place replaces its object, old before new', async () => {
  const wanted = life({ mode: 'b', force: true, app: 'other' })
  const seen = changes(await project.preview(wanted))
  expect(seen['pv-life/app']).toMatch(/^replace/)
  await project.up(wanted)
  expect((await project.preview(wanted)).changes).toEqual([])
})

test('a resource that moves in the program keeps its object', async () => {
  const uid = async () =>
    at((await project.cluster.request({ method: 'GET', path: cm })).body, 'metadata', 'uid')
  const before = await uid()
  const moved = async (): Promise<void> => {
    const { inside } = ground('pv-life')
    const metadata = owned('settings', 'pv-life')
    new ConfigMap('moved', { metadata, data: { mode: 'moved' } }, inside)
  }
  await project.up(moved)
  expect(await uid()).toBe(before)
  expect((await project.preview(moved)).changes).toEqual([])
  await project.up(life())
  expect(await uid()).toBe(before)
})

test('an object that is gone is made again', async () => {
  await project.cluster.request({ method: 'DELETE', path: cm })
  const wanted = life({ force: true, app: 'other' })
  expect(changes(await project.preview(wanted))['pv-life/settings']).toMatch(/^create/)
  await project.up(wanted)
  expect((await project.cluster.request({ method: 'GET', path: cm })).status).toBe(200)
})

test('destroy takes everything along', async () => {
  await project.destroy()
  expect((await project.cluster.request({ method: 'GET', path: '/api/v1/namespaces/pv-life' })).status).toBe(
    404,
  )
})

test('two clusters in one stack do not mix', async () => {
  const both = async () => {
    for (const region of ['us-west', 'eu-west']) {
      const options = { provider: provider(region, region) }
      const metadata = owned('pv-where', 'default')
      new ConfigMap(region, { metadata, data: { region } }, options)
    }
  }
  await project.up(both)
  for (const region of ['us-west', 'eu-west']) {
    const cluster = await connectCluster(access(region))
    const path = '/api/v1/namespaces/default/configmaps/pv-where'
    expect(at((await cluster.request({ method: 'GET', path })).body, 'data', 'region')).toBe(region)
    cluster.close()
  }
  expect((await project.preview(both)).changes).toEqual([])
  await project.destroy()
})

test('a preview shows what depends on a value that only the cluster can give', async () => {
  const wired = async () => {
    const options = { provider: provider() }
    const service = new Service(
      'pv-svc',
      { metadata: owned('pv-svc', 'default'), spec: { ports: [{ port: 80 }] } },
      options,
    )
    const data = { address: service.spec.clusterIP }
    new ConfigMap('pv-address', { metadata: owned('pv-address', 'default'), data }, options)
  }
  expect((await project.preview(wired)).summary.create).toBe(3)
  await project.up(wired)
  expect((await project.preview(wired)).changes).toEqual([])
  await project.destroy()
})
