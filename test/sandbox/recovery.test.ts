import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { parse, stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { poll } from '../../src/poll.ts'
import { lockFolder, stateFile } from '../../src/engine/state-file.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { iv, type IvResult } from '../support/iv.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'
import { kubectlIn, optionsIn, runIn } from './region-commands.ts'

/** What a deployed region survives: a state cut short, fields taken by others, access that changes or leads astray. */

const region = 'us-east'
const stack = { project: 'interview', stack: `local.${region}`, region }
let project: LocalProject
let state: string

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up([region, 'us-west'])
  state = stateFile(join(project.c.paths.data, 'state'), stack)
  const deployed = await iv(['deploy', '--yes', '-r', region, '--json'], options())
  if (deployed.exitCode !== 0) throw new Error(deployed.stderr)
})
afterAll(() => project.remove())

const options = () => optionsIn(project)
const run = (...args: string[]): Promise<IvResult> => runIn(project, region, ...args)
const kubectl = (...args: string[]): Promise<string> => kubectlIn(project, region, ...args)

interface KubeConfig {
  contexts: { name: string; context: { cluster: string; user: string } }[]
  users: { name: string; user: Record<string, string> }[]
}

/** Works with another kubeconfig in the place of the sandbox's, and puts that back. */
async function withKubeconfig(
  change: (config: KubeConfig) => void,
  work: () => Promise<void>,
): Promise<void> {
  const file = sandboxKubeconfig(project.c.paths)
  const before = await readFile(file, 'utf8')
  const config = parse(before) as KubeConfig
  change(config)
  await writeFile(file, stringify(config))
  try {
    await work()
  } finally {
    await writeFile(file, before)
  }
}

describe('a state', () => {
  test('that was cut short goes back to its backup, and nothing is made twice or lost', async () => {
    const uid = await kubectl('get', 'namespace', 'interview-media', '-o', 'jsonpath={.metadata.uid}')
    await truncate(state, 1000)
    const cut = await run('preview')
    expect(cut.exitCode).toBe(4)
    expect(cut.json.error?.next).toContain('iv deploy')
    const deployed = await run('deploy', '--yes')
    expect(deployed.exitCode, deployed.stderr).toBe(0)
    expect(deployed.stderr).toContain('cut short: went back to its backup')
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
    expect(await kubectl('get', 'namespace', 'interview-media', '-o', 'jsonpath={.metadata.uid}')).toBe(uid)
  })

  test('whose notes were cut by a kill that also left the lock of the engine is gone on with', async () => {
    await truncate(`${state}.attrs`, 0)
    const lock = join(lockFolder(join(project.c.paths.data, 'state'), stack), `${randomUUID()}.json`)
    await mkdir(dirname(lock), { recursive: true })
    const gone = spawnSync('true').pid
    const holder = { pid: gone, username: 'root', hostname: hostname(), timestamp: new Date().toISOString() }
    await writeFile(lock, JSON.stringify(holder))
    const deployed = await run('deploy', '--yes')
    expect(deployed.exitCode, deployed.stderr).toBe(0)
    expect(deployed.stderr).toContain('were cut short: removed, the state is whole')
    expect(deployed.json.data).toMatchObject({ regions: [{ status: 'unchanged' }] })
  })
})

describe('a field that somebody else applied', () => {
  test('is a conflict with manager and path, and is taken when asked to', async () => {
    const budget = `{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"sfu","namespace":"interview-media","labels":{"app.kubernetes.io/component":"theirs"}}}`
    const file = join(project.c.paths.project, 'budget.json')
    await writeFile(file, budget)
    await kubectl('apply', '--server-side', '--force-conflicts', '--field-manager=ops', '-f', file)
    const refused = await run('deploy', '--yes')
    expect(refused.exitCode).toBe(4)
    expect(refused.json.error?.message).toMatch(/ops owns \.metadata\.labels\.app\.kubernetes\.io\/component/)
    expect(refused.json.error?.next).toContain('--take-ownership')
    const taken = await run('deploy', '--yes', '--take-ownership')
    expect(taken.exitCode, taken.stderr).toBe(0)
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
    expect((await run('deploy', '--yes')).json.data).toMatchObject({ regions: [{ status: 'unchanged' }] })
  })
})

const policy = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'no-bad-images' } }
const writes = {
  apiGroups: ['apps'],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['deployments'],
}
const noBadImages = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      ...policy,
      kind: 'ValidatingAdmissionPolicy',
      spec: {
        matchConstraints: { resourceRules: [writes] },
        validations: [
          {
            expression:
              "(has(request.dryRun) && request.dryRun) || !object.spec.template.spec.containers.exists(c, c.image.endsWith(':bad'))",
          },
        ],
      },
    },
    {
      ...policy,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: 'no-bad-images', validationActions: ['Deny'] },
    },
  ],
}

test('KUBECONFIG of the shell is not the way to the sandbox', async () => {
  touches('engine', 'api-server')
  const env = { ...process.env, KUBECONFIG: '/of/the/shell' }
  const deployed = await iv(['deploy', '--yes', '-r', region, '--json'], { ...options(), env })
  expect(deployed.exitCode, deployed.stderr).toBe(0)
  expect(deployed.json.data).toMatchObject({ regions: [{ status: 'unchanged' }] })
})

describe('a deploy that the cluster refuses', () => {
  const imageOf = (image: string): Promise<void> =>
    writeFile(
      join(project.c.paths.project, 'iv.yaml'),
      `apiVersion: iv/v1\npools:\n  asr: { image: 'registry.example/asr:${image}' }\n  tts: { image: 'registry.example/tts:2' }\n`,
    )

  test('goes back to what was deployed before, and says so with 12', async () => {
    const file = join(project.c.paths.project, 'policy.json')
    await writeFile(file, JSON.stringify(noBadImages))
    await kubectl('apply', '-f', file)
    // The server takes a moment to hold to a new policy; a change that changes nothing finds out.
    const denied = [
      '-n',
      'interview-speech',
      'create',
      'deployment',
      'probe',
      '--image=probe:bad',
      '--replicas=0',
    ]
    const isHeld = async () => {
      const held = await kubectl(...denied).then(
        () => undefined,
        () => true,
      )
      if (!held) await kubectl('-n', 'interview-speech', 'delete', 'deployment', 'probe')
      return held
    }
    expect(await poll(isHeld, { clock: project.c.clock, everyMs: 250, withinMs: 30_000 })).toBe(true)
    await imageOf('bad')
    const refused = await run('deploy', '--yes', '--on-failure', 'rollback')
    expect(refused.exitCode, refused.stderr).toBe(12)
    expect(refused.json.data).toMatchObject({ regions: [{ status: 'rolled-back' }] })
    const images = await kubectl('-n', 'interview-speech', 'get', 'deployment', '-o', 'jsonpath={..image}')
    expect(images).not.toContain('registry.example')
    await kubectl('delete', '-f', file)
    await rm(join(project.c.paths.project, 'iv.yaml'))
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
  })
})

describe('drift', () => {
  test('tells a count that somebody chose from a field that nobody was to change', async () => {
    await kubectl('-n', 'interview-application', 'scale', 'deployment', 'api', '--replicas', '7')
    const expected = await run('drift')
    expect(expected.exitCode, expected.stderr).toBe(0)
    const api = { name: 'interview-application/api', path: 'spec.replicas', want: 3, have: 7 }
    expect(expected.json.data).toMatchObject({
      regions: [{ status: 'as-specified', items: [{ ...api, class: 'expected', owner: 'kubectl' }] }],
    })
    await kubectl('-n', 'interview-speech', 'delete', 'poddisruptionbudget', 'asr')
    const label = ['label', '--overwrite', 'service', 'api', 'app.kubernetes.io/component=theirs']
    await kubectl('-n', 'interview-application', ...label)
    const found = await run('drift')
    expect(found.exitCode).toBe(7)
    const [{ items }] = found.json.data['regions'] as [{ items: { class: string; name: string }[] }]
    expect(items.filter((item) => item.class === 'unexplained')).toMatchObject([
      { name: 'interview-application/api', want: 'application', have: 'theirs' },
      { name: 'interview-speech/asr', path: '', want: 'present', have: null },
    ])
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const hold = JSON.stringify({ owner: 'ops', until, reason: 'incident', path: 'metadata.labels' })
    await kubectl('-n', 'interview-application', 'annotate', 'service', 'api', `iv.dev/hold=${hold}`)
    const left = await run('drift', '--remediate', '--yes')
    expect(left.exitCode, left.stderr).toBe(0)
    const override = {
      name: 'interview-application/api',
      have: 'theirs',
      class: 'override',
      owner: 'ops',
      until,
    }
    expect(left.json.data).toMatchObject({ regions: [{ status: 'remediated', items: [override, {}] }] })
    await kubectl('-n', 'interview-application', 'annotate', 'service', 'api', 'iv.dev/hold-')
    expect((await run('drift', '--remediate', '--yes')).exitCode).toBe(0)
    expect((await run('drift')).exitCode).toBe(0)
  })

  test('and every run is in the history, the newest first, with its end', async () => {
    const { json } = await run('history')
    const runs = json.data['runs'] as { command: string; state: string; outcome: string }[]
    expect(runs[0]).toMatchObject({ command: 'drift remediate', state: 'ended', outcome: 'OK' })
    expect(runs.at(-1)).toMatchObject({ command: 'deploy', outcome: 'OK' })
    expect(runs.length).toBeGreaterThan(1)
  })
})

describe('the way to the cluster', () => {
  test('that leads to another cluster is refused before any write, and named', async () => {
    const astray = (config: KubeConfig): void => {
      const west = config.contexts.find(({ name }) => name === sandboxContext('us-west'))
      for (const entry of config.contexts) if (west) entry.context = west.context
    }
    await withKubeconfig(astray, async () => {
      for (const verb of [['deploy', '--yes'], ['preview'], ['destroy', '--confirm', region]]) {
        const refused = await run(...verb)
        expect(refused.exitCode, refused.stderr).toBe(11)
      }
    })
    const lease = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/iv.interview.local.us-east'
    expect((await project.ask('us-west', lease)).status).toBe(404)
    expect((await project.ask('us-west', '/api/v1/namespaces/interview-media')).status).toBe(404)
  })

  test('may get other credentials: nothing is replaced, and neither they nor the path enter the state', async () => {
    await kubectl('create', 'serviceaccount', 'deployer')
    const role = ['--clusterrole=cluster-admin', '--serviceaccount=default:deployer']
    await kubectl('create', 'clusterrolebinding', 'deployer', ...role)
    const token = await kubectl('create', 'token', 'deployer')
    const change = (config: KubeConfig): void => {
      config.users = config.users.map(({ name }) => ({ name, user: { token } }))
    }
    await withKubeconfig(change, async () => {
      expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
      const tag = ['-n', 'interview-media', 'delete', 'poddisruptionbudget', 'sfu']
      await kubectl(...tag)
      expect((await run('deploy', '--yes')).exitCode).toBe(0)
    })
    const text = await readFile(state, 'utf8')
    expect(text).not.toContain(token)
    expect(text).not.toContain(sandboxKubeconfig(project.c.paths))
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
  })
})
