import { status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Empty, rpc, Status } from '../../src/provider/protocol.ts'
import { serveProvider } from '../../src/provider/serve.ts'
import type { ServedProvider } from '../../src/provider/serve.ts'
import { fromStruct } from '../../src/provider/values.ts'
import { answer, kubeconfigFor, kubeSystem, serveHttp } from '../cluster/http-server.ts'
import type { Handler } from '../cluster/http-server.ts'
import { attach, call, createRequest } from './fake-engine.ts'

const kinds = {
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'pods', kind: 'Pod', namespaced: true },
  ],
}

/** An API server in which nothing exists and every apply succeeds, unless `handler` knows better. */
async function apiServer(
  handler: (...args: Parameters<Handler>) => boolean = () => false,
): ReturnType<typeof serveHttp> {
  return serveHttp((request, response) => {
    if (handler(request, response)) return
    if (request.url?.endsWith('/kube-system')) answer(response, 200, kubeSystem)
    else if (request.url === '/api/v1') answer(response, 200, kinds)
    else if (request.method === 'PATCH') answer(response, 201, JSON.parse(request.body))
    else answer(response, 404, { kind: 'Status', message: 'not found' })
  })
}

let provider: ServedProvider
beforeAll(async () => {
  provider = await serveProvider({ clock: systemClock })
})
afterAll(() => provider.close())

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'n' },
  data: { x: '1' },
}

describe('two provider resources through one port', () => {
  test('reach each its own cluster', async () => {
    const asked: string[] = []
    const note =
      (name: string) =>
      ({ method }: { method?: string | undefined }): boolean => {
        if (method === 'PATCH') asked.push(name)
        return false
      }
    const [east, west] = [await apiServer(note('east')), await apiServer(note('west'))]
    const [first, second] = [
      await attach(provider.port, kubeconfigFor(east.port)),
      await attach(provider.port, kubeconfigFor(west.port)),
    ]
    await call((done) => first.create(createRequest(configMap), done))
    await call((done) => second.create(createRequest(configMap), done))
    await call((done) => first.create(createRequest(configMap), done))
    expect(asked).toEqual(['east', 'west', 'east'])
    for (const client of [first, second]) client.close()
    await Promise.all([east.stop(), west.stop()])
  })

  test('end each by itself: a cancelled one refuses, the other goes on, and may be configured anew', async () => {
    const api = await apiServer()
    const [first, second] = [
      await attach(provider.port, kubeconfigFor(api.port)),
      await attach(provider.port, kubeconfigFor(api.port)),
    ]
    await call((done) => first.cancel(new Empty(), done))
    await expect(call((done) => first.create(createRequest(configMap), done))).rejects.toMatchObject({
      details: expect.stringContaining('was not configured'),
    })
    const response = await call<{ getId(): string }>((done) => second.create(createRequest(configMap), done))
    expect(response.getId()).toBe('n/a')
    for (const client of [first, second]) client.close()
    await api.stop()
  })
})

test('calls that this provider does not have are unimplemented, not silent', async () => {
  const api = await apiServer()
  const client = await attach(provider.port, kubeconfigFor(api.port))
  await expect(call((done) => client.invoke(new rpc.InvokeRequest(), done))).rejects.toMatchObject({
    code: status.UNIMPLEMENTED,
  })
  client.close()
  await api.stop()
})

test('an object that does not become ready is kept, with its state and the reason', async () => {
  const api = await apiServer()
  const client = await attach(provider.port, kubeconfigFor(api.port))
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n' },
    status: { phase: 'Failed', message: 'Evicted' },
  }
  const error = await call((done) => client.create(createRequest(pod), done)).then(
    () => undefined,
    (failure: ServiceError) => failure,
  )
  const detail = Status.deserializeBinary(error?.metadata.get('grpc-status-details-bin')[0] as Buffer)
  const failed = detail
    .getDetailsList()[0]
    ?.unpack(
      (bytes) => rpc.ErrorResourceInitFailed.deserializeBinary(bytes),
      'pulumirpc.ErrorResourceInitFailed',
    )
  expect(error?.details).toBe('Pod n/p: Evicted')
  expect(failed?.getId()).toBe('n/p')
  expect(failed?.getReasonsList()).toEqual(['Pod n/p: Evicted'])
  expect(fromStruct(failed?.getProperties()).plain).toMatchObject({ kind: 'Pod', __notReady: true })
  client.close()
  await api.stop()
})

const pending = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'n', uid: 'u' },
  status: {},
}
const isWatch = (url = ''): boolean => url.includes('watch=1')

test('a cancel while an object is waited for keeps the object', async () => {
  const opened = Promise.withResolvers<void>()
  const api = await apiServer((request) => {
    if (isWatch(request.url)) opened.resolve()
    return isWatch(request.url)
  })
  const client = await attach(provider.port, kubeconfigFor(api.port))
  const request = createRequest(pending)
  request.setTimeout(60)
  const created = call((done) => client.create(request, done)).catch((error: unknown) => error)
  await opened.promise
  await call((done) => client.cancel(new Empty(), done))
  const error = (await created) as ServiceError
  expect(error.details).toBe('Pod n/p: cancelled while waiting (Pending, not ready)')
  expect(error.metadata.get('grpc-status-details-bin')).toHaveLength(1)
  client.close()
  await api.stop()
})

test('a watch that breaks, or cannot be opened for a while, does not end the waiting', async () => {
  const ready = { ...pending, status: { conditions: [{ type: 'Ready', status: 'True' }] } }
  let watches = 0
  const api = await apiServer((request, response) => {
    if (isWatch(request.url)) {
      watches += 1
      if (watches === 1) request.socket.destroy()
      else response.writeHead(200).end(`${JSON.stringify({ type: 'MODIFIED', object: ready })}\n`)
      return true
    }
    if (request.method !== 'GET' || watches === 0 || !request.url?.endsWith('/pods/p')) return false
    answer(response, 200, pending)
    return true
  })
  const client = await attach(provider.port, kubeconfigFor(api.port))
  const request = createRequest(pending)
  request.setTimeout(60)
  const response = await call<{ getId(): string }>((done) => client.create(request, done))
  expect([response.getId(), watches]).toEqual(['n/p', 2])
  client.close()
  await api.stop()
})

test.each([false, true])('an object of somebody else is refused (preview: %s)', async (preview) => {
  const api = await apiServer((request, response) => {
    if (request.method !== 'GET' || !request.url?.endsWith('/configmaps/a')) return false
    answer(response, 200, {
      ...configMap,
      metadata: { ...configMap.metadata, annotations: { 'iv.dev/stack': 'p/other' } },
    })
    return true
  })
  const client = await attach(provider.port, kubeconfigFor(api.port))
  await expect(call((done) => client.create(createRequest(configMap, preview), done))).rejects.toMatchObject({
    details: expect.stringContaining('ConfigMap n/a: exists already and belongs to stack p/other'),
  })
  client.close()
  await api.stop()
})

test('an overloaded server is asked again', async () => {
  let refused = 0
  const api = await apiServer((request, response) => {
    if (request.method !== 'PATCH' || refused++ > 0) return false
    answer(response, 429, { message: 'too many requests' })
    return true
  })
  const client = await attach(provider.port, kubeconfigFor(api.port))
  const response = await call<{ getId(): string }>((done) => client.create(createRequest(configMap), done))
  expect([response.getId(), refused]).toEqual(['n/a', 2])
  client.close()
  await api.stop()
})

test('a missing permission names object and user', async () => {
  const message = 'configmaps "a" is forbidden: User "weak" cannot patch resource "configmaps"'
  const api = await apiServer((request, response) => {
    if (request.method !== 'PATCH') return false
    answer(response, 403, { message })
    return true
  })
  const client = await attach(provider.port, kubeconfigFor(api.port))
  await expect(call((done) => client.create(createRequest(configMap), done))).rejects.toMatchObject({
    details: expect.stringContaining(`ConfigMap n/a: ${message}`),
  })
  client.close()
  await api.stop()
})
