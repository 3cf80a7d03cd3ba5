import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lastDeployed } from '../../src/deploy/deployed.ts'
import { deploy, type DeployInput } from '../../src/deploy/deploy.ts'
import { Failure } from '../../src/failure.ts'
import { lastRun, readJournal, runsFolder } from '../../src/runs/journal.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { Duration } from '../../src/units/duration.ts'
import { fakeCluster } from './fake-cluster.ts'
import { type FakeWorld, fakeWorld } from './fake-engine.ts'

/** What makes a deploy safe to be left alone, and to be asked for twice. */

let project: string
let world: FakeWorld
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-care-'))
  world = await fakeWorld(project, [true, true, true, true])
})
afterEach(() => rm(project, { recursive: true, force: true }))

const input: DeployInput = {
  environment: 'local',
  regions: ['us-west', 'us-east'],
  provider: 'auto',
  allowLocalState: false,
  maxParallel: 1,
  onFailure: 'halt',
  takeOwnership: false,
}
const broken = new Failure('OPERATION', 'image is not there')
const ups = (): string[] => world.calls.filter((call) => call.startsWith('up'))
const image = (tag: string): Promise<void> =>
  writeFile(join(project, 'iv.yaml'), `apiVersion: iv/v1\npools:\n  asr: { image: 'example/asr:${tag}' }\n`)

describe('resume', { timeout: 20_000 }, () => {
  test('does what is left of a partial deploy, and then nothing is', async () => {
    world.ups.set('us-east', [broken])
    const first = await deploy(input, world)
    expect(first).toMatchObject({ outcome: 'PARTIAL', data: { resumeToken: first.runId } })
    expect(first.error?.next).toContain(`iv deploy --resume ${first.runId}`)
    world.calls.length = 0
    const rest = await deploy({ ...input, regions: [], resume: first.runId }, world)
    expect(rest).toMatchObject({ outcome: 'OK', regions: ['us-east'], data: { resumeToken: null } })
    expect(ups()).toEqual(['up us-east'])
    world.previews.set('us-west', 'none').set('us-east', 'none')
    const again = await deploy({ ...input, regions: [], resume: first.runId }, world)
    expect(again.data.regions.map(({ status }) => status)).toEqual(['unchanged', 'unchanged'])
  })

  test('refuses another specification, and a run that there is not', async () => {
    world.ups.set('us-east', [broken])
    const { runId } = await deploy(input, world)
    await image('2')
    const later = { ...input, regions: [], resume: runId }
    await expect(deploy(later, world)).rejects.toMatchObject({ code: 'CHANGES' })
    await expect(deploy({ ...later, resume: 'nope' }, world)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('rollback', { timeout: 20_000 }, () => {
  const careful = { ...input, onFailure: 'rollback' } as const

  test('takes every region that was changed back to what was deployed before, the last one first', async () => {
    await deploy(input, world)
    await image('2')
    world.calls.length = 0
    world.ups.set('us-east', [broken])
    const { outcome, data, error, runId = '' } = await deploy(careful, world)
    expect({ outcome, statuses: data.regions.map(({ status }) => status) }).toEqual({
      outcome: 'ROLLED_BACK',
      statuses: ['rolled-back', 'rolled-back'],
    })
    expect(error?.message).toContain('taken back to what was deployed before: us-west, us-east')
    expect(ups()).toEqual(['up us-west', 'up us-east', 'up us-east', 'up us-west'])
    expect(world.images.slice(-4)).toEqual(['example/asr:2', 'example/asr:2', simulated, simulated])
    const steps = (await readJournal(world.paths, runId)).filter(({ region }) => region === 'us-west')
    expect(steps.map(({ step }) => step)).toEqual(['apply', 'ready', 'rollback', 'apply', 'rolled-back'])
  })
  const simulated = 'iv.local/asr:simulated'

  test('goes back beyond a run that was taken back', async () => {
    await deploy(input, world)
    for (const tag of ['2', '3']) {
      await image(tag)
      world.ups.set('us-east', [broken])
      expect(await deploy(careful, world)).toMatchObject({ outcome: 'ROLLED_BACK' })
      expect(world.images.at(-1)).toBe(simulated)
    }
  })

  test('that fails as well needs a human now, and says for which region', async () => {
    await deploy(input, world)
    await image('2')
    world.ups.set('us-east', [broken, new Failure('OPERATION', 'quota', { region: 'us-east' })])
    const { outcome, error, data } = await deploy(careful, world)
    expect(outcome).toBe('ROLLBACK_INCOMPLETE')
    expect(error?.message).toContain('us-east: quota')
    expect(data.regions.map(({ status }) => status)).toEqual(['rolled-back', 'failed'])
  })

  test('is refused where nothing tells what was there, and leaves what is new as it is', async () => {
    world.stacks.set('local.us-east', { provider: 'bundled', clusterUid: 'uid-1' })
    await expect(deploy(careful, world)).rejects.toMatchObject({ code: 'REFUSED', region: 'us-east' })
    expect(ups()).toEqual([])
    world.stacks.clear()
    world.ups.set('us-east', [broken])
    expect(await deploy(careful, world)).toMatchObject({ outcome: 'PARTIAL' })
  })

  test('goes back to exactly the objects of before, in an order that the plan rests on', async () => {
    const { runId = '' } = await deploy({ ...input, regions: ['us-east'] }, world)
    const before = await lastDeployed('us-east', world.platform, world)
    if (!before) throw new Error(`run ${runId} kept nothing`)
    expect(planRegion(before.platform, 'us-east')).toEqual(planRegion(world.platform, 'us-east'))
  })

  test('keeps nothing of the backend, whose URL may hold a password', async () => {
    const { runId = '' } = await deploy(input, world)
    const kept = await readFile(join(runsFolder(world.paths), runId, 'specification.json'), 'utf8')
    expect(JSON.parse(kept)).not.toHaveProperty('state')
  })
})

describe('idempotency key', { timeout: 20_000 }, () => {
  const keyed = { ...input, idempotencyKey: 'pipeline-7' }

  test('a second deploy with it does nothing and tells the first result', async () => {
    const first = await deploy(keyed, world)
    world.calls.length = 0
    expect(await deploy(keyed, world)).toMatchObject({ runId: first.runId, data: first.data })
    expect(world.calls).toEqual([])
  })

  test('a retry goes on from where the first one failed', async () => {
    world.ups.set('us-east', [broken])
    await deploy(keyed, world)
    world.calls.length = 0
    expect(await deploy(keyed, world)).toMatchObject({ outcome: 'OK', regions: ['us-east'] })
    expect(ups()).toEqual(['up us-east'])
  })

  test('is not taken for another deploy', async () => {
    await deploy(keyed, world)
    await expect(deploy({ ...keyed, regions: ['us-east'] }, world)).rejects.toMatchObject({ code: 'USAGE' })
    await image('2')
    await expect(deploy(keyed, world)).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('bake', () => {
  const baking = { ...input, bake: Duration.ms(10) }

  test('tells how long a region was watched', async () => {
    const { data } = await deploy(baking, world)
    expect(data.gates).toMatchObject([
      { id: 'health.us-west', verdict: 'allow' },
      { id: 'health.us-east', verdict: 'allow' },
    ])
  })

  test('a region that is not well stops the next one, and is not done', async () => {
    let connections = 0
    // The first two connections are the deploy's own; what watches opens one per look.
    const sick: FakeWorld = {
      ...world,
      connect(access) {
        connections += 1
        if (connections <= 2) return world.connect(access)
        return Promise.resolve(fakeCluster(() => ({ status: 200, body: { items: [] } })))
      },
      clock: { ...world.clock, sleep: () => Promise.resolve() },
    }
    const { outcome, data, runId = '' } = await deploy({ ...baking, bake: Duration.seconds(60) }, sick)
    expect({ outcome, ups: ups(), gates: data.gates }).toMatchObject({
      outcome: 'POLICY',
      ups: ['up us-west'],
      gates: [{ id: 'health.us-west', verdict: 'deny' }],
    })
    expect((await readJournal(world.paths, runId)).map(({ step }) => step)).toContain('unwell')
    expect(await lastRun(world.paths)).toMatchObject({ outcome: 'POLICY' })
  })
})

describe('migrate-provider', { timeout: 20_000 }, () => {
  const over = { ...input, regions: ['us-east'], provider: 'bundled', migrateProvider: true } as const
  const official = { provider: 'official', clusterUid: 'uid-1' } as const

  test('changes a stack over where nothing is replaced, also where nothing differs', async () => {
    world.stacks.set('local.us-east', official)
    world.previews.set('us-east', 'none')
    expect(await deploy(over, world)).toMatchObject({ outcome: 'OK' })
    expect(world.stacks.get('local.us-east')).toMatchObject({ provider: 'bundled' })
  })

  test('is refused where an object would be replaced, and where it is not asked for', async () => {
    world.stacks.set('local.us-east', official)
    world.previews.set('us-east', 'replace')
    expect(await deploy(over, world)).toMatchObject({ outcome: 'REFUSED' })
    expect(await deploy({ ...over, migrateProvider: false }, world)).toMatchObject({ outcome: 'REFUSED' })
    expect(world.stacks.get('local.us-east')).toEqual(official)
    expect(ups()).toEqual([])
  })
})
