import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster, JsonObject } from '../../src/cluster/cluster.ts'
import { definitionName } from '../../src/crds/component.ts'
import { resolveDefinitions, type ResolvedDefinition } from '../../src/crds/resolve.ts'
import { isCustom, kindsUsed } from '../../src/crds/used.ts'
import { objectsOf, type PlannedObject } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { installDefinitions, servedCheck } from '../../src/sandbox/definitions.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { readSandbox } from '../../src/sandbox/read.ts'
import { poll } from '../../src/poll.ts'
import { systemClock } from '../../src/clock.ts'
import { examplePlatform } from '../platform/example.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { definitionFolder } from '../support/definitions.ts'
import { countStubs } from '../support/stubs.ts'
import { touches } from '../support/touches.ts'
import { refusals } from './refusals.ts'
import { apply, remove } from './planned.ts'

const project = inject('sandboxProject')
const c = testCollaborators(project, { environment: process.env })
const regions = Object.keys(examplePlatform().specification.regions)
const clusters = new Map<string, Cluster>()

beforeAll(async () => {
  for (const region of regions) {
    const access = { kubeconfig: sandboxKubeconfig(c.paths), context: sandboxContext(region) }
    clusters.set(region, await connectCluster(access))
  }
})

afterAll(() => {
  for (const cluster of clusters.values()) cluster.close()
})

function clusterOf(region: string): Cluster {
  const cluster = clusters.get(region)
  if (!cluster) throw new Error(`no cluster of ${region}`)
  return cluster
}

describe.each(regions)('every object of %s', (region) => {
  // Under a name of its own, so that it meets nothing that other tests deploy.
  const objects = objectsOf(planRegion(examplePlatform({ name: 'strict' }), region))
  const ground = objects.filter(({ kind }) => kind === 'Namespace' || kind === 'PriorityClass')

  beforeAll(async () => {
    for (const object of ground) await apply(clusterOf(region), object, { dryRun: false })
  })

  afterAll(async () => {
    for (const object of ground.toReversed()) await remove(clusterOf(region), object)
  })

  test('passes a strict dry run on the server, against definitions that are no stubs where they are to be had', async () => {
    touches('api-server')
    const answers = await Promise.all(
      objects.map(async (object) => {
        const { status, body } = await apply(clusterOf(region), object, { dryRun: true })
        return status === 200 || status === 201
          ? []
          : [`${nameOf(object)}: ${status} ${String(body['message'])}`]
      }),
    )
    expect(answers.flat()).toEqual([])
    const record = (await readSandbox(c.paths))?.regions.find(({ name }) => name === region)
    const served = new Map(record?.definitions?.map((each) => [each.name, each]))
    const used = kindsUsed(objects).map(({ definition }) => served.get(definitionName(definition)))
    expect(used).not.toContain(undefined)
    const stubs = used.flatMap((each) => (each?.source === 'stub' ? [each.kind] : []))
    countStubs(stubs, definitionFolder())
  })

  test('that is of a custom kind is refused with a field too many', async () => {
    touches('api-server')
    const record = (await readSandbox(c.paths))?.regions.find(({ name }) => name === region)
    const real = new Set(
      record?.definitions?.filter(({ source }) => source !== 'stub').map(({ kind }) => kind),
    )
    const custom = [...new Map(objects.filter(isCustom).map((object) => [object.kind, object])).values()]
    const answers = await Promise.all(
      custom
        .filter(({ kind }) => real.has(kind))
        .map(async (object) => {
          // Some kinds have no `spec`: their fields stand beside the metadata.
          const { spec } = object as unknown as { spec?: JsonObject }
          const more = spec ? { spec: { ...spec, speck: 1 } } : { speck: 1 }
          const response = await apply(clusterOf(region), { ...object, ...more }, { dryRun: true })
          return `${object.kind}: ${String(response.body['message'])}`
        }),
    )
    for (const answer of answers) expect(answer).toMatch(/speck: field not declared in schema/)
  })
})

describe('the API server refuses', () => {
  const region = regions[0] ?? ''
  const needed = kindsUsed(refusals.map(({ object }) => object))
  let resolved: ResolvedDefinition[]
  let added: string[]

  beforeAll(async () => {
    resolved = await resolveDefinitions(needed, definitionFolder(), c)
    const record = (await readSandbox(c.paths))?.regions.find(({ name }) => name === region)
    const served = new Set(record?.definitions?.map(({ name }) => name))
    added = resolved.map(({ definition }) => definitionName(definition)).filter((name) => !served.has(name))
    await installDefinitions(clusterOf(region), resolved)
    const isServed = servedCheck(clusterOf(region), resolved)
    await poll(async () => ((await isServed()) ? true : undefined), {
      clock: systemClock,
      everyMs: 100,
      withinMs: 60_000,
    })
  })

  afterAll(async () => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    for (const name of added) await clusterOf(region).request({ method: 'DELETE', path: `${path}/${name}` })
  })

  test.each(refusals)('$what', async ({ object, because }) => {
    touches('api-server')
    const { status, body } = await apply(clusterOf(region), object, { dryRun: true })
    const isStub = resolved.some(
      ({ definition, source }) => definition.kind === object.kind && source === 'stub',
    )
    countStubs(isStub ? [object.kind] : [], definitionFolder())
    // A stub takes anything: that is what makes it no proof.
    expect(`${status} ${String(body['message'])}`).toMatch(isStub ? /^201 / : because)
  })
})

function nameOf({ kind, metadata }: PlannedObject): string {
  return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(' ')
}
