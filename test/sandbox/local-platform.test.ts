import { readFile } from 'node:fs/promises'
import { get } from 'node:https'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { planNodes } from '../../src/platform/nodes.ts'
import { sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { componentOf } from '../../src/sandbox/record.ts'
import { localStatus } from '../../src/sandbox/status.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { touches } from '../support/touches.ts'
import { certificateOf, type LocalProject, makeLocalProject } from './local-project.ts'

let project: LocalProject

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up(['us-east'], { timeScale: 100 })
  await project.up(['us-west'])
})

afterAll(async () => {
  await project.remove()
})

interface NodeList {
  items: {
    metadata: { name: string; labels: Record<string, string> }
    spec: { taints?: { key: string; value?: string; effect: string }[] }
    status: { allocatable: Record<string, string>; conditions: { type: string; status: string }[] }
  }[]
}

test('every planned node is Ready with its labels, taints and capacity, and none besides', async () => {
  const platform = await loadPlatform({ environment: 'local' }, project.c)
  for (const region of ['us-east', 'us-west']) {
    const live = (await project.ask(region, '/api/v1/nodes')).body as NodeList
    const plans = planNodes(platform, region)
    expect(live.items.map(({ metadata }) => metadata.name).toSorted()).toEqual(
      plans.map(({ name }) => name).toSorted(),
    )
    for (const plan of plans) {
      const node = live.items.find(({ metadata }) => metadata.name === plan.name)
      expect(node?.metadata.labels).toMatchObject(plan.labels)
      expect(node?.spec.taints ?? []).toEqual(plan.taints)
      expect(node?.status.allocatable).toMatchObject(plan.capacity)
      expect(node?.status.conditions.find(({ type }) => type === 'Ready')?.status).toBe('True')
    }
  }
})

test('a region that was added later stands beside the first, in the kubeconfig as well', async () => {
  const { data } = await localStatus({}, project.c)
  expect(data.regions.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'us-east running',
    'us-west running',
  ])
  expect(data.timeScale).toBe(100)
  const kubeconfig = parse(await readFile(sandboxKubeconfig(project.c.paths), 'utf8')) as Kubeconfig
  expect(kubeconfig.contexts.map(({ name }) => name)).toEqual(['iv-local-us-east', 'iv-local-us-west'])
  const servers = kubeconfig.clusters.map(({ cluster }) => cluster.server)
  expect(servers).toEqual(data.regions.map(({ server }) => server))
})

interface Kubeconfig {
  clusters: { cluster: { server: string } }[]
  contexts: { name: string }[]
}

test('the server proves who it is: an authority that did not sign it is not enough', async () => {
  touches('api-server')
  const [east] = (await project.record()).regions
  if (!east) throw new Error('no region')
  const { port } = componentOf(east, 'kube-apiserver')
  const handshake = (ca: Buffer): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' }, () => {
        socket.destroy()
        resolve('trusted')
      })
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    })
  const other = east.name === 'us-east' ? 'us-west' : 'us-east'
  expect(await handshake(await certificateOf(project, east.name))).toBe('trusted')
  expect(await handshake(await certificateOf(project, other))).not.toBe('trusted')
})

test('nobody gets in without credentials, or with those of another region', async () => {
  touches('api-server')
  const east = (await project.record()).regions.find(({ name }) => name === 'us-east')
  if (!east) throw new Error('no region us-east')
  const ca = await certificateOf(project, 'us-east')
  const anonymous = await new Promise<number>((resolve, reject) => {
    const url = `https://127.0.0.1:${componentOf(east, 'kube-apiserver').port}/api/v1/nodes`
    get(url, { ca }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject)
  })
  expect(anonymous).toBe(403)
  expect((await project.ask('us-east', '/api/v1/nodes', { credentialsOf: 'us-west' })).status).toBe(401)
})

test('RBAC holds: kwok may not do what its role does not say', async () => {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user: 'iv:kwok', resourceAttributes: { verb: 'get', resource: 'secrets', namespace: 'default' } },
  }
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
  const refused = await project.ask('us-east', path, { method: 'POST', body: review })
  expect(refused.body).toMatchObject({ status: { allowed: false } })
  const allowed = { verb: 'patch', resource: 'pods', subresource: 'status', namespace: 'default' }
  const granted = await project.ask('us-east', path, {
    method: 'POST',
    body: { ...review, spec: { user: 'iv:kwok', resourceAttributes: allowed } },
  })
  expect(granted.body).toMatchObject({ status: { allowed: true } })
})

interface Pod {
  status: {
    phase: string
    podIP?: string
    startTime?: string
    conditions?: { type: string; status: string; lastTransitionTime: string }[]
  }
}

function makePod(name: string, labels: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      tolerations: [{ operator: 'Exists' }],
      terminationGracePeriodSeconds: 3600,
      containers: [{ name: 'main', image: 'registry.invalid/none:1' }],
    },
  }
}

const podsPath = '/api/v1/namespaces/default/pods'

async function createPod(name: string, labels: Record<string, string>): Promise<void> {
  // The service account of a namespace appears a moment after the control plane is ready.
  const answers = async (): Promise<number> =>
    (await project.ask('us-east', podsPath, { method: 'POST', body: makePod(name, labels) })).status
  await expect.poll(answers, { timeout: 20_000 }).toBe(201)
}

async function readPod(name: string): Promise<Pod> {
  return (await project.ask('us-east', `${podsPath}/${name}`)).body as Pod
}

function condition(pod: Pod, type: string): string | undefined {
  return pod.status.conditions?.find((candidate) => candidate.type === type)?.status
}

test('a pod of a pool runs at once and is ready after the delay of its pool; others do not wait', async () => {
  await createPod('model', { 'iv.dev/pool': 'llm' })
  await createPod('other', {})
  const isReady = (name: string) => async () => condition(await readPod(name), 'Ready')
  await expect.poll(async () => (await readPod('model')).status.phase, { timeout: 20_000 }).toBe('Running')
  expect(condition(await readPod('model'), 'Ready')).toBe('False')
  await expect.poll(isReady('other'), { timeout: 20_000 }).toBe('True')
  await expect.poll(isReady('model'), { timeout: 20_000 }).toBe('True')
  const { status } = await readPod('model')
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  const delay = Date.parse(ready?.lastTransitionTime ?? '') - Date.parse(status.startTime ?? '')
  // 5 min ÷ 100 = 3 s; the times that the API keeps are whole seconds.
  expect(delay).toBeGreaterThanOrEqual(2000)
  expect(status.podIP).toMatch(/^10\./)
})

test('a pod that is deleted goes quickly, whatever its grace period', async () => {
  await createPod('leaving', {})
  await expect.poll(async () => (await readPod('leaving')).status.phase, { timeout: 20_000 }).toBe('Running')
  await project.ask('us-east', `${podsPath}/leaving`, { method: 'DELETE' })
  const status = async (): Promise<number> => (await project.ask('us-east', `${podsPath}/leaving`)).status
  await expect.poll(status, { timeout: 20_000 }).toBe(404)
})

test('a forbidden pod is refused by the real admission', async () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'strict', labels } }
  await project.ask('us-east', '/api/v1/namespaces', { method: 'POST', body: namespace })
  const path = '/api/v1/namespaces/strict/pods'
  const refused = await project.ask('us-east', path, { method: 'POST', body: makePod('lax', {}) })
  expect(refused.status).toBe(403)
  expect((refused.body as { message: string }).message).toContain('PodSecurity')
})
