import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster, JsonObject } from '../../src/cluster/cluster.ts'
import { makePaths } from '../../src/paths.ts'
import { objectsOf, type PlannedObject } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { render } from '../../src/render/render.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { examplePlatform } from '../platform/example.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { touches } from '../support/touches.ts'
import { apply, gone, remove } from './planned.ts'

/** A rendered tree in the hands of the program that GitOps users have: kubectl, folder by folder. */

const region = 'us-west'
/** Under a name of its own, so that it meets nothing that other tests deploy. */
const plan = planRegion(examplePlatform({ name: 'rendered' }), region)
const objects = objectsOf(plan)
let project: string
let cluster: Cluster
let applied: string[]

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-render-'))
  await writeFile(join(project, 'iv.yaml'), 'name: rendered\n')
  const folder = join(project, 'tree')
  const c = testCollaborators(project, { environment: process.env })
  await render({ environment: 'local', regions: [region], folder, flavor: 'plain', check: false }, c)

  const paths = makePaths({ packageRoot: '', project: inject('sandboxProject'), environment: {} })
  const access = { kubeconfig: sandboxKubeconfig(paths), context: sandboxContext(region) }
  cluster = await connectCluster(access)
  const kubectl = (await makeToolchain(c).ensure(['kubectl'])).get('kubectl')?.path ?? ''
  const flags = ['--kubeconfig', access.kubeconfig, '--context', access.context]
  const { stdout } = await execa(
    kubectl,
    [...flags, 'apply', '--server-side', '--validate=strict', '-R', '-o', 'name', '-f', join(folder, region)],
    { timeout: 60_000 },
  )
  applied = stdout.split('\n')
})

afterAll(async () => {
  const scopes = objects.filter(({ metadata }) => metadata.namespace === undefined)
  for (const object of scopes) await remove(cluster, object)
  for (const object of scopes) await gone(cluster, object)
  cluster.close()
  await rm(project, { recursive: true, force: true })
})

async function live({ apiVersion, kind, metadata }: PlannedObject): Promise<JsonObject> {
  const path = await cluster.pathOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name })
  const { status, body } = await cluster.request({ method: 'GET', path: String(path) })
  expect(status).toBe(200)
  return withoutBookkeeping(body)
}

/** Without who wrote what when, and without what controllers report meanwhile. */
function withoutBookkeeping({ metadata, status: _status, ...rest }: JsonObject): JsonObject {
  const { managedFields: _fields, resourceVersion: _version, annotations, ...kept } = metadata as JsonObject
  const { 'deployment.kubernetes.io/revision': _revision, ...own } = (annotations ?? {}) as JsonObject
  return { ...rest, metadata: { ...kept, annotations: own } }
}

describe('kubectl apply of a rendered region', () => {
  test('creates every object in one pass, in the order of the folders', () => {
    touches('api-server')
    expect(applied).toHaveLength(objects.length)
  })

  test.each(objects.map((object) => ({ name: `${object.kind} ${object.metadata.name}`, object })))(
    'leaves nothing that a deploy would change in $name',
    async ({ object }) => {
      touches('api-server')
      const { status, body } = await apply(cluster, object, { dryRun: true })
      expect(status).toBe(200)
      expect(withoutBookkeeping(body)).toEqual(await live(object))
    },
  )
})
