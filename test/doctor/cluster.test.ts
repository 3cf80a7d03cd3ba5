import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { Check } from '../../src/doctor/check.ts'
import { checkCluster } from '../../src/doctor/cluster.ts'
import { kindsUsed, type UsedKind } from '../../src/crds/used.ts'
import { answer, type Handler, kubeconfigFor, kubeSystem, serveHttp } from '../cluster/http-server.ts'
import { temporaryFolder } from '../toolchain/machine.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
})

const now = new Date('2026-01-01T12:00:00Z')
const clock = { ...systemClock, now: () => now }

/** As the API server words a missing permission; an admission refusal is another matter. */
const refusal = {
  kind: 'Status',
  reason: 'Forbidden',
  message:
    'namespaces "kube-system" is forbidden: User "ci" cannot get resource "namespaces" in API group ""',
}

interface Server {
  version?: string
  /** Of the newest lease in kube-system. */
  renewTime?: string
  /** Status of the answer to the very first question. */
  status?: number
  /** Managers of the one Deployment there. */
  managers?: readonly string[]
  /** Verbs on leases that are not allowed. */
  denied?: readonly string[]
}

function kubeconfigFile(port: number): string {
  const file = join(temporaryFolder('iv-doctor-'), 'kubeconfig')
  writeFileSync(file, kubeconfigFor(port))
  return file
}

const owner = { delivery: 'pulumi', platform: 'interview' } as const

interface Wanted {
  delivery?: 'pulumi' | 'gitops'
  wantedVersion?: string
}

async function check(
  server: Server,
  kinds: readonly UsedKind[] = [],
  { delivery = 'pulumi', wantedVersion = '1.35' }: Wanted = {},
): Promise<Map<string, Check>> {
  const handler: Handler = (request, response) => {
    const url = request.url ?? ''
    const refused = server.status ?? 200
    if (url.endsWith('/namespaces/kube-system')) {
      answer(response, refused, refused === 200 ? kubeSystem : refusal)
    } else if (url === '/version') answer(response, 200, { gitVersion: server.version ?? 'v1.35.4' })
    else if (url.includes('/leases')) {
      const { renewTime } = server
      const items =
        renewTime === undefined
          ? []
          : [{ spec: { renewTime: '2020-01-01T00:00:00Z' } }, { spec: { renewTime } }]
      answer(response, 200, { items })
    } else if (url.startsWith('/apis/apps/v1/deployments')) {
      const managedFields = (server.managers ?? ['pulumi-kubernetes-0123abcd']).map((manager) => ({
        manager,
      }))
      answer(response, 200, { items: [{ metadata: { namespace: 'media', name: 'sfu', managedFields } }] })
    } else if (url === '/apis/pyrra.dev/v1alpha1') {
      const kind = { name: 'servicelevelobjectives', kind: 'ServiceLevelObjective', namespaced: true }
      answer(response, 200, { resources: [kind] })
    } else if (url.endsWith('/selfsubjectaccessreviews')) {
      const { spec } = JSON.parse(request.body) as { spec: { resourceAttributes: { verb: string } } }
      const allowed = !(server.denied ?? []).includes(spec.resourceAttributes.verb)
      answer(response, 201, { status: { allowed } })
    } else answer(response, 404, { kind: 'Status', message: 'not found' })
  }
  const served = await serveHttp(handler)
  stops.push(served.stop)
  const access = { kubeconfig: kubeconfigFile(served.port), context: 'ctx' }
  const question = {
    region: 'us-east',
    access,
    wantedVersion,
    kinds,
    secrets: [],
    isSandbox: false,
    owner: { ...owner, delivery },
  }
  const checks = await checkCluster(question, { clock })
  return new Map(checks.map((entry) => [entry.id.replace('cluster.us-east.', ''), entry]))
}

test('a server that is as the specification says passes every check', async () => {
  const checks = await check({ renewTime: '2026-01-01T11:59:55Z' })
  expect([...checks].map(([id, { status }]) => [id, status])).toEqual([
    ['access', 'ok'],
    ['version', 'ok'],
    ['kinds', 'ok'],
    ['secrets', 'ok'],
    ['clock', 'ok'],
    ['owner', 'ok'],
    ['lock', 'ok'],
  ])
  expect(checks.get('access')?.detail).toMatch(/^http:\/\/127\.0\.0\.1:\d+ as context ctx \(cluster uid-1\)$/)
  expect(checks.get('kinds')?.detail).toBe('no kinds beyond those of Kubernetes are needed')
})

test.each([
  ['v1.35.0-gke.100', 'ok'],
  ['v1.36.1', 'warn'],
  ['v1.35.0', 'ok'],
  ['v1.34.9', 'fail'],
])('server %s where the specification says 1.35: %s', async (version, status) => {
  const found = (await check({ version })).get('version')
  expect(found).toMatchObject({ status, detail: `${version}, the specification says 1.35` })
  expect(found?.hint === undefined).toBe(status === 'ok')
})

test('a server on the other side of what changes the plan fails, newer or older', async () => {
  const found = await check({ version: 'v1.35.4' }, [], { wantedVersion: '1.34' })
  expect(found.get('version')).toMatchObject({
    status: 'fail',
    detail: 'v1.35.4, the specification says 1.34',
    hint: expect.stringContaining('autoscalers are planned otherwise'),
  })
})

test('components that are missing are named with version and how to install them', async () => {
  const kinds = kindsUsed([
    { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
    { apiVersion: 'keda.sh/v1alpha1', kind: 'TriggerAuthentication' },
    { apiVersion: 'pyrra.dev/v1alpha1', kind: 'ServiceLevelObjective' },
  ])
  expect((await check({}, kinds)).get('kinds')).toEqual({
    id: 'cluster.us-east.kinds',
    status: 'fail',
    detail: 'missing: KEDA 2.21.0 (ScaledObject, TriggerAuthentication)',
    hint: 'KEDA: helm install keda keda --repo https://kedacore.github.io/charts --namespace keda --create-namespace; or --without keda',
  })
  expect((await check({}, kinds.slice(2))).get('kinds')?.status).toBe('ok')
})

test.each([
  ['2026-01-01T12:05:00Z', 'warn', '-300.0 s'],
  ['2026-01-01T11:57:00Z', 'warn', '180.0 s'],
  ['2026-01-01T12:00:02Z', 'ok', '-2.0 s'],
])('a newest lease renewal at %s at noon: %s', async (renewTime, status, detail) => {
  expect((await check({ renewTime })).get('clock')).toMatchObject({
    status,
    detail: `${detail} after the newest lease renewal of the server`,
  })
})

test('a server without leases leaves the clock unjudged', async () => {
  expect((await check({})).get('clock')?.status).toBe('skip')
})

test.each([401, 403])('an answer of %i is a matter of access', async (status) => {
  const checks = await check({ status })
  expect([...checks.keys()]).toEqual(['access'])
  expect(checks.get('access')).toMatchObject({ status: 'fail', denied: true, hint: expect.any(String) })
})

test('a server that is not there, and a context that is not there, fail without being matters of access', async () => {
  const served = await serveHttp(() => undefined)
  await served.stop()
  const kubeconfig = kubeconfigFile(served.port)
  const question = {
    region: 'us-east',
    wantedVersion: '1.35',
    owner,
    kinds: [],
    secrets: [],
    isSandbox: false,
  }
  const [down] = await checkCluster({ ...question, access: { kubeconfig, context: 'ctx' } }, { clock })
  expect(down).toMatchObject({ status: 'fail', detail: expect.stringContaining('connection refused') })
  expect(down?.denied).toBeUndefined()
  const [absent] = await checkCluster({ ...question, access: { kubeconfig, context: 'prod' } }, { clock })
  expect(absent).toMatchObject({ status: 'fail', hint: 'contexts there: ctx' })
})

test.each(['argocd-controller', 'kustomize-controller', 'helm-controller'])(
  'where iv is to own what runs, objects that %s writes fail with the object',
  async (manager) => {
    const managers = ['pulumi-kubernetes-0123abcd', manager]
    expect((await check({ managers })).get('owner')).toMatchObject({
      status: 'fail',
      detail: `delivery is pulumi, but a GitOps controller writes too: Deployment media/sfu as ${manager}`,
      hint: expect.stringContaining('delivery: gitops'),
    })
    expect((await check({ managers }, [], { delivery: 'gitops' })).get('owner')?.status).toBe('ok')
  },
)

test('a lock that could not be taken fails before a deploy does, with the verbs that are missing', async () => {
  const found = (await check({ denied: ['create', 'update'] })).get('lock')
  expect(found).toMatchObject({ status: 'fail', detail: 'leases of kube-system: create, update not allowed' })
})
