import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthority, issue } from '../../src/sandbox/certificates.ts'
import { bucketNames } from '../../src/spec/schema/recovery.ts'
import { sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { iv, type IvResult, startIv } from '../support/iv.ts'
import { startInTerminal } from '../support/pty.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'

/** Every exit code that a pipeline can meet on the way to a running region, on real engines, in both formats. */

const regions = ['us-east', 'us-west', 'eu-west'] as const
let project: LocalProject
let folder: string

beforeAll(async () => {
  project = await makeLocalProject()
  folder = project.c.paths.project
  await project.up(regions)
})
afterAll(async () => {
  await project.down()
})

interface Both {
  text: IvResult
  json: IvResult
}

/** The same command line twice: for people, and for programs. */
async function both(args: readonly string[], env: Record<string, string> = {}, cwd = folder): Promise<Both> {
  const options = { cwd, env: { ...process.env, ...env }, deadlineMs: 120_000 }
  return { text: await iv(args, options), json: await iv([...args, '--json'], options) }
}

/** Both end with the code; the JSON one prints exactly one document that says so too. */
function expectBoth({ text, json }: Both, code: number): void {
  expect(text.exitCode, text.stderr).toBe(code)
  expect(json.exitCode, json.stdout).toBe(code)
  expect(json.json).toMatchObject({ apiVersion: 'iv/v1', exitCode: code, ok: code === 0 })
  expect((json.json.error?.message ?? '') === '').toBe(code === 0)
}

/** An environment of its own that reaches the sandbox's clusters the way a real one is reached. */
async function staging(): Promise<string> {
  const image = (name: string): [string, { image: string }] => [name, { image: `registry.example/${name}:1` }]
  const base = (await iv(['config', 'view', '--json'], { cwd: folder })).json.data['value'] as {
    pools: object
    workloads: object
  }
  const overlay = {
    state: { backend: 'file://.iv/staging' },
    domain: 'interview.example.com',
    regions: Object.fromEntries(regions.map((name) => [name, { context: `iv-local-${name}` }])),
    pools: Object.fromEntries(Object.keys(base.pools).map(image)),
    workloads: Object.fromEntries(Object.keys(base.workloads).map(image)),
    buckets: Object.fromEntries(bucketNames.map((name) => [name, `example-${name}`])),
  }
  await mkdir(join(folder, '.iv', 'staging'), { recursive: true })
  const file = join(folder, 'staging.yaml')
  await writeFile(
    file,
    stringify({ apiVersion: 'iv/v1', name: 'interview', environments: { staging: overlay } }),
  )
  return file
}

const stagingFlags = (file: string, kubeconfig: string): string[] =>
  `--env staging --allow-local-state --region us-east --config ${file} --kubeconfig ${kubeconfig}`.split(' ')
const secrets = { PULUMI_CONFIG_PASSPHRASE: 'only for this test' }

interface KubeConfig {
  clusters: { name: string; cluster: { server: string } }[]
  users: { name: string; user: Record<string, string> }[]
}

async function kubeconfigWith(name: string, change: (config: KubeConfig) => void): Promise<string> {
  const config = parse(await readFile(sandboxKubeconfig(project.c.paths), 'utf8')) as KubeConfig
  change(config)
  const file = join(folder, `${name}.kubeconfig`)
  await writeFile(file, stringify(config), { mode: 0o600 })
  return file
}

describe('before anything is reached', () => {
  test('1: a defect of iv', async () => {
    expectBoth(await both(['status'], { IV_FAULT: 'internal' }), 1)
  })

  test('2: a typo in a key, with its place and the right key', async () => {
    const file = join(folder, 'typo.yaml')
    await writeFile(file, 'apiVersion: iv/v1\npools:\n  sfu:\n    instnces: { minimum: 4 }\n')
    const result = await both(['deploy', '--yes', '-r', 'us-east', '-c', file])
    expectBoth(result, 2)
    expect(result.text.stderr).toMatch(/typo\.yaml:4:5.*instnces.*instances/s)
  })

  test('2: a missing image, together with everything else that the environment lacks', async () => {
    const file = join(folder, 'bare.yaml')
    await writeFile(file, 'apiVersion: iv/v1\nenvironments:\n  production: {}\n')
    const result = await both(['deploy', '--yes', '-r', 'us-east', '-c', file, '--env', 'production'])
    expectBoth(result, 2)
    const paths = result.json.json.findings.map((finding) => finding.path)
    expect(paths).toContain('environments.production.pools.sfu.image')
    expect(paths).toContain('environments.production.regions.us-east.context')
    expect(paths).toContain('environments.production.state.backend')
  })

  test('2: no region named, and no confirmation where nobody can be asked', async () => {
    expectBoth(await both(['deploy', '--yes']), 2)
    expectBoth(await both(['deploy', '-r', 'us-east']), 2)
    expectBoth(await both(['destroy', '-r', 'us-east', '--yes']), 2)
  })

  test('6: an unknown region and an unknown environment, with the nearest name', async () => {
    const region = await both(['preview', '-r', 'us-eats'])
    expectBoth(region, 6)
    expect(region.text.stderr).toContain('us-east')
    expectBoth(await both(['preview', '-r', 'us-east', '--env', 'lokal']), 6)
  })
})

describe('access', () => {
  test('3: an expired client certificate', async () => {
    touches('api-server')
    const past = {
      ...systemClock,
      now: () => new Date(systemClock.now().getTime() - 2 * 365 * 86_400_000),
    }
    const c = { clock: past, random: systemRandom }
    const expired = await issue(
      await createAuthority('somebody', c),
      { commonName: 'admin', usage: 'client' },
      c,
    )
    const file = await kubeconfigWith('expired', (config) => {
      for (const { user } of config.users) {
        user['client-certificate-data'] = Buffer.from(expired.certificate).toString('base64')
        user['client-key-data'] = Buffer.from(expired.key).toString('base64')
        delete user['client-certificate']
        delete user['client-key']
      }
    })
    expectBoth(await both(['preview', ...stagingFlags(await staging(), file)], secrets), 3)
  })

  test('3: a user who may do nothing', async () => {
    const { body } = await project.ask(
      'us-east',
      '/api/v1/namespaces/default/serviceaccounts/default/token',
      { method: 'POST', body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
    )
    const { token } = (body as { status: { token: string } }).status
    const file = await kubeconfigWith('forbidden', (config) => {
      config.users = config.users.map(({ name }) => ({ name, user: { token } }))
    })
    const result = await both(['deploy', '--yes', ...stagingFlags(await staging(), file)], secrets)
    expectBoth(result, 3)
  })

  test('4: a server that does not answer', async () => {
    touches('api-server')
    const file = await kubeconfigWith('nowhere', (config) => {
      for (const { cluster } of config.clusters) cluster.server = 'https://127.0.0.1:9'
    })
    const result = await both(['preview', ...stagingFlags(await staging(), file)], secrets)
    expectBoth(result, 4)
    expect(result.text.stderr).toContain('127.0.0.1:9')
  })
})

describe('a deploy that cannot go on', () => {
  test('7: changes though none were expected', async () => {
    touches('engine', 'api-server')
    expectBoth(await both(['preview', '-r', 'us-east', '--expect-no-changes']), 7)
  })

  test('4: a port that the sandbox needs is taken by another program', async () => {
    const port =
      (await project.record()).regions.find(({ name }) => name === 'eu-west')?.components[0]?.port ?? 0
    await iv(['local', 'down'], { cwd: folder, env: process.env, deadlineMs: 60_000 })
    const server = await listen(port)
    const result = await both(['local', 'up'], {})
    await new Promise((resolve) => server.close(resolve))
    await project.up(regions)
    expectBoth(result, 4)
    expect(result.text.stderr).toContain(String(port))
  })

  test('4: the state has no room on its disk', async (context) => {
    const state = join(folder, '.iv', 'state')
    await mkdir(state, { recursive: true })
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', state]).status === 0
    if (!mounted) context.skip('mounting a small disk needs root')
    touches('engine', 'api-server')
    const result = await both(['deploy', '--yes', '-r', 'us-east'])
    spawnSync('umount', [state])
    expectBoth(result, 4)
    expect(result.text.stderr).toMatch(/space/)
  })

  test('4: an admission policy refuses a pool, and the message says which object and why', async () => {
    touches('engine', 'api-server')
    await refuseDeployments()
    const result = await both(['deploy', '--yes', '-r', 'us-east'])
    await allowDeployments()
    expectBoth(result, 4)
    expect(result.json.json.error?.message).toMatch(/not on a Tuesday/)
  })

  test('9: a deadline', async () => {
    touches('engine', 'api-server')
    expectBoth(await both(['deploy', '--yes', '-r', 'us-west', '--timeout', '1s']), 9)
  })
})

describe('stopping a deploy', () => {
  test.each([
    { signals: ['SIGINT'], code: 8 },
    { signals: ['SIGINT', 'SIGINT'], code: 130 },
    { signals: ['SIGTERM'], code: 143 },
  ] as const)('$code: $signals', async ({ signals, code }) => {
    touches('engine', 'api-server')
    for (const format of [[], ['--json']]) {
      const child = startIv(['deploy', '--yes', '-r', 'eu-west', ...format], {
        cwd: folder,
        env: process.env,
        deadlineMs: 120_000,
      })
      const left: NodeJS.Signals[] = [...signals]
      child.stderr?.on('data', (chunk: Buffer) => {
        const moment = /changing eu-west \.\.\.|stopping/.test(String(chunk))
        const next = moment ? left.shift() : undefined
        if (next) child.kill(next)
      })
      const result = await child
      expect(result.exitCode, String(result.stderr)).toBe(code)
      await iv(['destroy', '-r', 'eu-west', '--confirm', 'eu-west'], {
        cwd: folder,
        env: process.env,
        deadlineMs: 120_000,
      })
    }
  })

  test('8: a no at the question, and nothing was touched', async () => {
    touches('engine', 'api-server')
    const session = startInTerminal(['deploy', '-r', 'eu-west', '--no-tui'], {
      cwd: folder,
      deadlineMs: 60_000,
    })
    await session.see(/Apply these changes/)
    session.type('n\r')
    expect(await session.ended).toBe(8)
    const { status } = await project.ask('eu-west', '/api/v1/namespaces/iv-media')
    expect(status).toBe(404)
  })
})

test('0, then 15 with one of three regions down', async () => {
  touches('engine', 'api-server')
  expectBoth(await both(['deploy', '--yes', '-r', 'us-east']), 0)
  process.kill(await project.pidOf('us-west', 'kube-apiserver'), 'SIGKILL')
  const result = await both(['deploy', '--yes', '-r', 'all', '--on-failure', 'continue'])
  expectBoth(result, 15)
  const done = result.json.json.data['regions'] as { region: string; status: string }[]
  expect(Object.fromEntries(done.map(({ region, status }) => [region, status === 'failed']))).toEqual({
    'us-west': true,
    'us-east': false,
    'eu-west': false,
  })
})

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

const admission = '/apis/admissionregistration.k8s.io/v1'

async function refuseDeployments(): Promise<void> {
  const metadata = { name: 'no-deployments' }
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const rule = {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    operations: ['CREATE'],
    resources: ['deployments'],
  }
  await project.ask('us-east', `${admission}/validatingadmissionpolicies`, {
    method: 'POST',
    body: {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: 'false', message: 'not on a Tuesday' }],
      },
    },
  })
  await project.ask('us-east', `${admission}/validatingadmissionpolicybindings`, {
    method: 'POST',
    body: {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: metadata.name, validationActions: ['Deny'] },
    },
  })
  await expect.poll(createsDeployment, { timeout: 30_000 }).toBe(false)
}

/** Whether a dry run of a Deployment is admitted: a new policy takes a moment to be in force. */
async function createsDeployment(): Promise<boolean> {
  const labels = { app: 'probe' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'probe', image: 'probe' }] } }
  const { status } = await project.ask('us-east', '/apis/apps/v1/namespaces/default/deployments?dryRun=All', {
    method: 'POST',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'probe' },
      spec: { selector: { matchLabels: labels }, template },
    },
  })
  return status < 300
}

async function allowDeployments(): Promise<void> {
  for (const kind of ['validatingadmissionpolicybindings', 'validatingadmissionpolicies']) {
    await project.ask('us-east', `${admission}/${kind}/no-deployments`, { method: 'DELETE' })
  }
  await expect.poll(createsDeployment, { timeout: 30_000 }).toBe(true)
}
