import { beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { resourceName } from '../../src/platform/names.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { runProcess } from '../../src/process/run.ts'
import { examplePlatform } from '../platform/example.ts'
import type { Recording, Registration } from './record.ts'

const plan = planRegion(examplePlatform(), 'us-east')
const kubeconfig = '/somewhere/kubeconfig'
let recording: Recording

beforeAll(async () => {
  const { stdout, stderr, exitCode } = await runProcess({
    file: process.execPath,
    args: [new URL('record.ts', import.meta.url).pathname, kubeconfig],
    deadlineMs: 30_000,
  })
  if (exitCode !== 0) throw new Error(stderr)
  recording = JSON.parse(stdout) as Recording
}, 40_000)

function objects(): Registration[] {
  return recording.registrations.filter(({ type }) => type.startsWith('kubernetes:'))
}

function named(kind: string, name: string): Registration {
  const found = objects().find((each) => each.type.endsWith(`:${kind}`) && each.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found
}

describe('the stack of a region', () => {
  test('creates exactly the planned objects under their own names', () => {
    const planned = objectsOf(plan).map(({ kind, metadata }) => `${kind} ${resourceName(metadata)}`)
    const created = objects().map(({ type, name }) => `${type.split(':').at(-1)} ${name}`)
    expect(created.toSorted()).toEqual(planned.toSorted())
  })

  test('adds nothing to them', () => {
    const planned = objectsOf(plan).filter(({ kind }) => kind !== 'Service')
    expect(planned.length).toBeGreaterThan(0)
    for (const object of planned) {
      expect(named(object.kind, resourceName(object.metadata)).inputs).toEqual(object)
    }
  })

  test('does not hold a Service until its first pod is ready', () => {
    const services = plan.pools.flatMap(({ service }) => service ?? [])
    expect(services.length).toBeGreaterThan(0)
    for (const service of services) {
      const inputs = named('Service', resourceName(service.metadata)).inputs as typeof service
      expect(inputs.spec).toEqual(service.spec)
      expect(inputs.metadata.annotations).toEqual({
        ...service.metadata.annotations,
        'pulumi.com/skipAwait': 'true',
      })
    }
  })

  test('hands the kubeconfig on as a path, and stays with its provider when the path changes', () => {
    const provider = recording.registrations.find(({ type }) => type === 'pulumi:providers:kubernetes')
    expect(provider?.inputs).toEqual({
      kubeconfig,
      context: 'iv-local-us-east',
      clusterIdentifier: 'interview/local.us-east',
      enableServerSideApply: 'true',
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
    })
  })

  test('starts no pod before its namespace is closed and its identity exists', () => {
    const { dependsOn } = named('Deployment', 'interview-application/api')
    const before = dependsOn.map((urn) => urn.split('::').slice(-2).join(' ').split(':').at(-1))
    expect(before).toEqual(
      expect.arrayContaining([
        'Namespace interview-application',
        'NetworkPolicy interview-application/default-deny',
        'ServiceAccount interview-application/api',
        'PodDisruptionBudget interview-application/api',
        'PriorityClass interview-high',
      ]),
    )
  })

  test('replaces a fixed name by deleting first, and protects nothing', () => {
    expect(objects().every(({ deleteBeforeReplace }) => deleteBeforeReplace)).toBe(true)
    expect(recording.registrations.some(({ protect }) => protect)).toBe(false)
  })

  test('waits for a Deployment as long as its start-up time makes plausible', () => {
    const [llm] = plan.pools.filter(({ name }) => name === 'llm')
    expect(named('Deployment', 'interview-inference/llm').timeouts).toEqual({
      create: `${llm?.wait.create.seconds}s`,
      update: `${llm?.wait.update.seconds}s`,
    })
  })

  test('begins with the tier that takes longest to start', () => {
    const tiers = recording.registrations.filter(({ type }) => type === 'iv:region:Tier')
    expect(tiers.map(({ name }) => name)).toEqual([
      'inference',
      'speech',
      'media',
      'evaluation',
      'application',
    ])
  })

  test('groups objects by tier and pool', () => {
    const component = (urn: string) => urn.split('::').slice(-2).join(' ')
    expect(component(named('Deployment', 'interview-speech/asr').parent)).toMatch(/iv:region:Workload asr$/)
    expect(component(named('Namespace', 'interview-speech').parent)).toMatch(
      /iv:region:Foundation foundation$/,
    )
  })

  test('tells its namespaces, addresses and provider', () => {
    expect(recording.outputs).toMatchObject({
      provider: 'bundled',
      namespaces: { media: 'interview-media', application: 'interview-application' },
      services: { api: 'api.interview-application.svc:8080' },
    })
  })
})

test('the objects of us-east are as reviewed', async () => {
  const reviewed = objectsOf(plan)
    .map((object) => stringify(object, { aliasDuplicateObjects: false, sortMapEntries: true, lineWidth: 0 }))
    .join('---\n')
  await expect(reviewed).toMatchFileSnapshot('us-east.objects.yaml')
})
