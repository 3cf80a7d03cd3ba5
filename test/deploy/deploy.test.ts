import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deploy, type DeployInput } from '../../src/deploy/deploy.ts'
import { destroy } from '../../src/deploy/destroy.ts'
import { drift } from '../../src/deploy/drift.ts'
import { preview } from '../../src/deploy/preview.ts'
import { Failure } from '../../src/failure.ts'
import { lastRun, readJournal } from '../../src/runs/journal.ts'
import { type FakeWorld, fakeWorld } from './fake-engine.ts'

let project: string
let world: FakeWorld
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-deploy-'))
  world = await fakeWorld(project, [true, true, true])
})
afterEach(() => rm(project, { recursive: true, force: true }))

const scope = { environment: 'local', regions: ['all'], provider: 'auto', allowLocalState: false } as const
const input = {
  ...scope,
  maxParallel: 1,
  onFailure: 'halt',
  takeOwnership: false,
} as const satisfies DeployInput
const down = new Failure('OPERATION', 'connection refused', { next: 'iv local up' })
const changes = (): string[] => world.calls.filter((call) => !call.startsWith('preview'))

describe('deploy', () => {
  test('looks at all regions, asks once, then changes them in order, standby before primary', async () => {
    const { data, outcome } = await deploy(input, world)
    expect(outcome).toBe('OK')
    expect(world.calls.slice(0, 3).every((call) => call.startsWith('preview'))).toBe(true)
    expect(world.host.questions).toHaveLength(1)
    expect(changes()).toEqual(['up us-west', 'up eu-west', 'up us-east'])
    expect(data.order).toEqual(['us-west', 'eu-west', 'us-east'])
    expect(data.regions[0]).toMatchObject({ status: 'deployed', provider: 'bundled', error: null })
    expect(data.regions[0]?.pools).toContainEqual({ name: 'sfu', ready: 3, desired: 3 })
    expect(data.regions[0]?.pools).toHaveLength(6)
    expect(data.regions[0]?.workloads).toContainEqual({ name: 'conductor', ready: 3, desired: 3 })
  })

  test('says where each region is before it changes anything', async () => {
    await deploy(input, world)
    expect(world.host.of('deploy.target')).toHaveLength(3)
    expect(world.host.of('deploy.target')[0]).toMatchObject({ environment: 'local', context: 'ctx' })
  })

  test('changes and asks nothing where nothing differs', async () => {
    world.previews.set('us-east', 'none')
    const { data } = await deploy({ ...input, regions: ['us-east'] }, world)
    expect(world.host.questions).toEqual([])
    expect(changes()).toEqual([])
    expect(data.regions).toMatchObject([{ status: 'unchanged' }])
  })

  test('a decline changes nothing and is no run', async () => {
    const declining = await fakeWorld(project, [false])
    await expect(deploy(input, declining)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(declining.calls.some((call) => call.startsWith('up'))).toBe(false)
    expect(await lastRun(declining.paths)).toBeUndefined()
  })

  test('the journal has a line before each change', async () => {
    await deploy({ ...input, regions: ['us-east'] }, world)
    const run = await lastRun(world.paths, { region: 'us-east', environment: 'local' })
    expect(run).toMatchObject({ command: 'deploy', outcome: 'OK' })
    const lines = await readJournal(world.paths, run?.id ?? '')
    expect(lines.map(({ step, region }) => `${step} ${region}`)).toEqual(['apply us-east', 'ready us-east'])
  })

  test.each([
    ['halt', ['up us-west'], ['deployed', 'failed', 'skipped']],
    ['continue', ['up us-west', 'up us-east'], ['deployed', 'failed', 'deployed']],
  ] as const)('with one of three regions down, %s', async (onFailure, ups, statuses) => {
    world.previews.set('eu-west', down)
    const { data, outcome, error } = await deploy({ ...input, onFailure }, world)
    expect(outcome).toBe('PARTIAL')
    expect(error).toMatchObject({
      code: 'PARTIAL',
      region: 'eu-west',
      next: expect.stringMatching(/^iv local up; then iv deploy --resume /),
    })
    expect(changes()).toEqual(ups)
    expect(data.regions.map(({ status }) => status)).toEqual(statuses)
  })

  test('halt touches nothing when the first region is down', async () => {
    world.previews.set('us-west', down)
    const { outcome } = await deploy(input, world)
    expect(outcome).toBe('OPERATION')
    expect(changes()).toEqual([])
    expect(world.host.questions).toEqual([])
  })

  test('refuses a context that now reaches another cluster', async () => {
    world.stacks.set('local.us-east', { provider: 'bundled', clusterUid: 'uid-of-old' })
    const { outcome, error } = await deploy({ ...input, regions: ['us-east'] }, world)
    expect(outcome).toBe('REFUSED')
    expect(error?.message).toContain('uid-of-old')
    expect(world.calls).toEqual([])
  })
})

describe('preview', () => {
  test('expects no changes only when told to', async () => {
    const one = { ...scope, regions: ['us-east'] }
    expect(await preview({ ...one, expectNoChanges: false }, world)).toMatchObject({ outcome: 'OK' })
    const report = await preview({ ...one, expectNoChanges: true }, world)
    expect(report).toMatchObject({ outcome: 'CHANGES', data: { regions: [{ status: 'changes' }] } })
    world.previews.set('us-east', 'none')
    expect(await preview({ ...one, expectNoChanges: true }, world)).toMatchObject({ outcome: 'OK' })
    expect(changes()).toEqual([])
  })
})

describe('destroy', () => {
  const target = { ...input, regions: ['all'] }

  test('is nothing to do where nothing is deployed, and says so', async () => {
    await expect(destroy(target, world)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(world.host.questions).toEqual([])
  })

  test('asks for every name before the first deletion, primary first, and removes the stacks', async () => {
    await deploy(input, world)
    world.calls.length = 0
    const { host } = await fakeWorld(project, [true, true, true])
    const { data, outcome } = await destroy(target, { ...world, host })
    expect(outcome).toBe('OK')
    expect(host.questions.map(({ danger, expected }) => `${danger} ${expected}`)).toEqual([
      'destroy us-east',
      'destroy eu-west',
      'destroy us-west',
    ])
    expect(world.calls).toEqual([
      'destroy us-east',
      'remove us-east',
      'destroy eu-west',
      'remove eu-west',
      'destroy us-west',
      'remove us-west',
    ])
    expect(data.deleted).toContainEqual({ region: 'us-east', kind: 'v1:Namespace', name: 'media' })
    expect(world.stacks.size).toBe(0)
  })

  test('one declined name keeps all regions', async () => {
    await deploy(input, world)
    world.calls.length = 0
    const host = (await fakeWorld(project, [true, false])).host
    await expect(destroy(target, { ...world, host })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(world.calls).toEqual([])
  })
})

describe('an environment that a GitOps controller delivers', () => {
  beforeEach(() => writeFile(join(project, 'iv.yaml'), 'delivery: gitops\n'))

  test.each([
    ['deploy', (): Promise<unknown> => deploy(input, world), /iv render .* iv promote/],
    ['destroy', () => destroy({ ...scope, maxParallel: 1, onFailure: 'halt' }, world), /iv render/],
    ['preview', () => preview({ ...scope, expectNoChanges: false }, world), /iv diff --live/],
    ['drift', () => drift({ ...scope, remediate: false }, world), /iv diff --live/],
  ])('is nothing that %s touches, and it says what to do instead', async (_, verb, next) => {
    await expect(verb()).rejects.toMatchObject({ code: 'REFUSED', next: expect.stringMatching(next) })
    expect(world.calls).toEqual([])
    expect(world.host.questions).toEqual([])
  })
})
