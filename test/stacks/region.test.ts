import { beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { resourceName } from '../../src/platform/names.ts'
import { madeObjects } from '../../src/generate/systems-page.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { runProcess } from '../../src/process/run.ts'
import { waveOf } from '../../src/platform/waves.ts'
import type { Recording, Recordings, Registration } from './record.ts'
import { stackRegions, variedPlatform } from './varied.ts'

const plan = planRegion(variedPlatform(), 'us-east')
const kubeconfig = '/somewhere/kubeconfig'
let recordings: Recordings
let recording: Recording

beforeAll(async () => {
  const { stdout, stderr, exitCode } = await runProcess({
    file: process.execPath,
    args: [new URL('record.ts', import.meta.url).pathname, kubeconfig],
    // What a shell may have set: nothing of it may reach the stack.
    env: { KUBECONFIG: '/of/the/shell', PULUMI_K8S_ENABLE_PATCH_FORCE: 'true' },
    deadlineMs: 120_000,
  })
  if (exitCode !== 0) throw new Error(stderr)
  recordings = JSON.parse(stdout) as Recordings
  recording = recorded('us-east')
}, 130_000)

function recorded(region: string): Recording {
  const found = recordings[region]
  if (!found) throw new Error(`${region} was not recorded`)
  return found
}

function objects({ registrations } = recording): Registration[] {
  return registrations.filter(({ type }) => type.startsWith('kubernetes:'))
}

/** What the stack adds for the official provider, which alone reads it; a rendered tree goes without. */
function withoutDirectives(inputs: unknown): unknown {
  const { metadata, ...rest } = inputs as { metadata: { annotations: Record<string, string> } }
  const { 'pulumi.com/skipAwait': _directive, ...annotations } = metadata.annotations
  return { ...rest, metadata: { ...metadata, annotations } }
}

function named(kind: string, name: string): Registration {
  const found = objects().find((each) => each.type.endsWith(`:${kind}`) && each.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : 1
}

/** The last type of a URN `urn:pulumi:stack::project::parent$type::name`. */
function urnType(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? ''
}

function waveOfType(type: string): number {
  const wave = waveOf(type.split(':').at(-1) as Parameters<typeof waveOf>[0])
  if (!type.startsWith('kubernetes:')) throw new Error(`${type} is not an object`)
  return wave.order
}

describe('the stack of a region', () => {
  test.each(stackRegions)('creates exactly the planned objects of %s, and adds nothing to them', (region) => {
    const planned = objectsOf(planRegion(variedPlatform(), region)).map((object) => ({
      name: `${object.kind} ${resourceName(object.metadata)}`,
      object,
    }))
    const created = objects(recorded(region)).map(({ type, name, inputs }) => ({
      name: `${type.split(':').at(-1)} ${name}`,
      object: withoutDirectives(inputs),
    }))
    expect(created.length).toBeGreaterThan(0)
    expect(created.toSorted(byName)).toEqual(planned.toSorted(byName))
  })

  test.each(stackRegions)('of %s waits for nothing that a rendered tree applies later', (region) => {
    const waits = objects(recorded(region)).flatMap(({ type, name, dependsOn }) =>
      dependsOn.map((urn) => ({ name, before: waveOfType(urnType(urn)), wave: waveOfType(type) })),
    )
    expect(waits.length).toBeGreaterThan(0)
    expect(waits.filter(({ before, wave }) => before >= wave)).toEqual([])
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

  test('names its cluster without the kubeconfig: neither path nor contents enter the state', () => {
    const provider = recording.registrations.find(({ type }) => type === 'pulumi:providers:kubernetes')
    expect(provider?.inputs).toEqual({
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

  test('has a component for every system, with exactly the objects of that system below it', () => {
    expect(plan.systems.length).toBeGreaterThan(0)
    for (const { name, component, objects: planned } of plan.systems) {
      const below = objects().filter(({ parent }) => parent.endsWith(`${component}::${name}`))
      expect(below.map((each) => each.name).toSorted()).toEqual(
        planned.map(({ metadata }) => resourceName(metadata)).toSorted(),
      )
    }
  })

  test('is what the reference of the systems is written from', () => {
    const walked = objects().map(({ type, name, parent }) => ({
      component: urnType(parent),
      kind: type.split(':').at(-1) ?? '',
      name: name.split('/').at(-1) ?? '',
    }))
    expect(walked.map((made) => JSON.stringify(made)).toSorted()).toEqual(
      madeObjects(plan)
        .map(({ component, kind, name }) => JSON.stringify({ component, kind, name }))
        .toSorted(),
    )
  })

  test('scales a pool only after it stands', () => {
    const { dependsOn } = named('HorizontalPodAutoscaler', 'interview-application/api')
    expect(dependsOn.map((urn) => urn.split('::').at(-1))).toContain('interview-application/api')
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
