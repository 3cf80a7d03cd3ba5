import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deploy, type DeployInput } from '../../src/deploy/deploy.ts'
import { preview } from '../../src/deploy/preview.ts'
import { Failure } from '../../src/failure.ts'
import { Duration } from '../../src/units/duration.ts'
import { type FakeWorld, fakeWorld } from './fake-engine.ts'

/** A plan binds: what it shows is done, anything else is refused before the first change. */

let project: string
let world: FakeWorld
let file: string
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-plan-'))
  world = await fakeWorld(project, [true])
  file = join(project, 'a.plan.json')
})
afterEach(() => rm(project, { recursive: true, force: true }))

const scope = {
  environment: 'local',
  regions: ['us-west', 'us-east'],
  provider: 'auto',
  allowLocalState: false,
} as const
const save = (ttl?: Duration) => preview({ ...scope, expectNoChanges: false, save: { file, ttl } }, world)
const input = (): DeployInput => ({
  ...scope,
  regions: [],
  maxParallel: 1,
  onFailure: 'halt',
  takeOwnership: false,
  plan: file,
})
const ups = (): string[] => world.calls.filter((call) => call.startsWith('up'))

test('one file for several regions, which are those of the deploy', async () => {
  const { data } = await save()
  expect(data.plan).toMatchObject({ file, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
  expect(await deploy(input(), world)).toMatchObject({ outcome: 'OK' })
  expect(ups()).toEqual(['up us-west', 'up us-east'])
})

test('a region that changed meanwhile keeps the others untouched as well', async () => {
  await save()
  world.previews.set('us-east', 'none')
  await expect(deploy(input(), world)).rejects.toMatchObject({ code: 'CHANGES', region: 'us-east' })
  expect(ups()).toEqual([])
  expect(world.host.questions).toEqual([])
})

test('another specification is another plan', async () => {
  await save()
  await writeFile(join(project, 'iv.yaml'), 'apiVersion: iv/v1\npools:\n  sfu: { image: example/sfu:2 }\n')
  await expect(deploy(input(), world)).rejects.toMatchObject({ code: 'CHANGES' })
})

test.each([
  ['expired', { ttl: Duration.ms(0) }, 'expired at'],
  ['of another cluster', { clusterUid: 'uid-of-old' }, 'uid-of-old'],
])(
  'a plan that is %s is refused',
  async (_, { ttl, clusterUid }: { ttl?: Duration; clusterUid?: string }, text) => {
    const other = clusterUid === undefined ? world : await fakeWorld(project, [true], clusterUid)
    await preview({ ...scope, expectNoChanges: false, save: { file, ttl } }, other)
    const failure = await deploy(input(), world).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'REFUSED' })
    expect((failure as Failure).message).toContain(text)
    expect(ups()).toEqual([])
  },
)

test.each([
  ['a changed value', (text: string) => text.replace('"us-east"', '"eu-west"')],
  ['a cut file', (text: string) => text.slice(0, -10)],
  ['something else', () => '{}'],
])('%s is no plan', async (_, tamper) => {
  await save()
  await writeFile(file, tamper(await readFile(file, 'utf8')))
  await expect(deploy(input(), world)).rejects.toMatchObject({ code: 'USAGE' })
})

test('another environment is an error of the caller', async () => {
  await save()
  await expect(deploy({ ...input(), environment: 'prod' }, world)).rejects.toMatchObject({ code: 'USAGE' })
})

test('nothing is saved where a region could not be read', async () => {
  world.previews.set('us-east', new Failure('OPERATION', 'connection refused'))
  expect(await save()).toMatchObject({ outcome: 'PARTIAL', data: { plan: null } })
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
})
