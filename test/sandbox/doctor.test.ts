import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { connectCluster } from '../../src/cluster/connect.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { bucketNames } from '../../src/spec/schema/recovery.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { iv } from '../support/iv.ts'
import { touches } from '../support/touches.ts'
import { temporaryFolder } from '../toolchain/machine.ts'

interface Check {
  id: string
  status: string
  detail: string
}

interface Kubeconfig {
  clusters: { name: string; cluster: { server: string } }[]
  users: { name: string; user: object }[]
}

const region = 'us-east'
const c = testCollaborators(inject('sandboxProject'))
const kubeconfig = sandboxKubeconfig(c.paths)

/** A project whose environment `staging` has the sandbox's us-east as its cluster, reached as the test says. */
async function stagingProject(edit: (config: Kubeconfig) => void, kubernetesVersion = '1.35') {
  const folder = temporaryFolder('iv-doctor-')
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig
  edit(config)
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(config), { mode: 0o600 })
  const { specification } = await loadPlatform({ environment: 'local' }, c)
  const images = (names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, { image: 'example.org/x:1' }]))
  const { pools, workloads, regions } = specification
  const staging = {
    state: { backend: pathToFileURL(folder).href },
    domain: 'interview.example.org',
    buckets: Object.fromEntries(bucketNames.map((name) => [name, `staging-${name.toLowerCase()}`])),
    regions: Object.fromEntries(
      Object.keys(regions).map((name) => [name, { context: sandboxContext(name), kubernetesVersion }]),
    ),
    pools: images(pools),
    workloads: images(workloads),
  }
  writeFileSync(join(folder, 'iv.yaml'), JSON.stringify({ apiVersion: 'iv/v1', environments: { staging } }))
  return folder
}

async function doctor(project: string, args: readonly string[]) {
  touches('api-server')
  const result = await iv(['doctor', '--region', region, '--json', ...args], { cwd: project })
  const checks = result.json.data['checks'] as Check[]
  return {
    exitCode: result.exitCode,
    json: result.json,
    checks: new Map(checks.map((check) => [check.id, check])),
  }
}

function staging(project: string) {
  return doctor(project, ['--env', 'staging', '--kubeconfig', join(project, 'kubeconfig')])
}

function userOf(config: Kubeconfig) {
  const entry = config.users.find(({ name }) => name === sandboxContext(region))
  if (!entry) throw new Error('the kubeconfig has no user for us-east')
  return entry
}

test('the sandbox passes every check of its cluster, clock included', async () => {
  const { exitCode, checks } = await doctor(inject('sandboxProject'), [])
  expect(exitCode).toBe(0)
  const found = ['access', 'version', 'kinds', 'clock'].map(
    (name) => checks.get(`cluster.${region}.${name}`)?.status,
  )
  expect(found).toEqual(['ok', 'ok', 'ok', 'ok'])
  expect(checks.get('sandbox.ports')?.status).toBe('ok')
})

test('a cluster that is older than the specification says fails: 4', async () => {
  const { exitCode, checks } = await staging(await stagingProject(() => undefined, '1.36'))
  expect(exitCode).toBe(4)
  expect(checks.get(`cluster.${region}.version`)).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/^v1\.35\.\d+, the specification says 1\.36$/),
  })
  expect(checks.get('state.backend')?.status).toBe('ok')
})

test('a token that the server does not know is a matter of access: 3', async () => {
  const project = await stagingProject((config) => {
    userOf(config).user = { token: 'nobody' }
  })
  const { exitCode, json } = await staging(project)
  expect(exitCode).toBe(3)
  expect(json.error?.code).toBe('AUTH')
})

test('an account without permission is a matter of access: 3', async () => {
  touches('api-server')
  const cluster = await connectCluster({ kubeconfig, context: sandboxContext(region) })
  // Every namespace has this account, and nobody gave it anything.
  const answer = await cluster.request({
    method: 'POST',
    path: '/api/v1/namespaces/kube-system/serviceaccounts/default/token',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } },
  })
  cluster.close()
  const { token } = answer.body['status'] as { token: string }
  const project = await stagingProject((config) => {
    userOf(config).user = { token }
  })
  const { exitCode, checks } = await staging(project)
  expect(exitCode).toBe(3)
  expect(checks.get(`cluster.${region}.access`)?.detail).toContain('forbidden')
})

test('a server that does not answer fails: 4', async () => {
  const project = await stagingProject((config) => {
    for (const { cluster } of config.clusters) cluster.server = 'https://127.0.0.1:1'
  })
  const { exitCode, checks } = await staging(project)
  expect(exitCode).toBe(4)
  expect(checks.get(`cluster.${region}.access`)?.detail).toContain('connection refused')
})
