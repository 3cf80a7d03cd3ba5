import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Failure } from '../../src/failure.ts'
import { serveProvider, type ServedProvider } from '../../src/provider/serve.ts'
import { answer, kubeconfigFor, kubeSystem, serveHttp } from '../cluster/http-server.ts'
import { attach, call, createRequest } from './fake-engine.ts'

const writes: string[] = []
const rules = {
  lost: false,
  taking: false,
  stacks: new Set<string>(),
  assertMayWrite({ project, stack }: { project: string; stack: string }): void {
    rules.stacks.add(`${project}/${stack}`)
    if (rules.lost) throw new Failure('LOCKED', 'the lock is lost', { retryable: true })
  },
  takesOwnership: () => rules.taking,
}
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } }
let provider: ServedProvider
let server: Awaited<ReturnType<typeof serveHttp>>
beforeAll(async () => {
  provider = await serveProvider({ clock: systemClock }, rules)
  server = await serveHttp((request, response) => {
    if (request.url?.endsWith('/kube-system')) answer(response, 200, kubeSystem)
    else if (request.url === '/api/v1')
      answer(response, 200, { resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] })
    else if (request.method === 'PATCH') {
      writes.push(request.url ?? '')
      answer(response, 201, JSON.parse(request.body))
    } else answer(response, 404, { kind: 'Status', message: 'not found' })
  })
})
afterAll(async () => {
  await provider.close()
  await server.stop()
})
beforeEach(() => {
  writes.length = 0
  Object.assign(rules, { lost: false, taking: false })
})

async function create(preview = false): Promise<unknown> {
  const client = await attach(provider.port, kubeconfigFor(server.port))
  return call((done) => client.create(createRequest(configMap, preview), done))
}

test('no write leaves once the lock of its stack is lost, and it is not tried again', async () => {
  rules.lost = true
  await expect(create()).rejects.toThrow('the lock is lost')
  expect(writes).toEqual([])
  expect([...rules.stacks]).toEqual(['p/s'])
})

test('a preview writes nothing and needs no lock', async () => {
  rules.lost = true
  await create(true)
  expect(writes.every((path) => path.includes('dryRun=All'))).toBe(true)
})

test('fields of others are taken only when the run says so', async () => {
  await create()
  rules.taking = true
  await create()
  expect(writes.map((path) => path.includes('force=true'))).toEqual([false, true])
})
