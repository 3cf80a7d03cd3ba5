import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deploy } from '../../src/deploy/deploy.ts'
import { drift } from '../../src/deploy/drift.ts'
import { explainDrift, recent } from '../../src/deploy/explain-drift.ts'
import type { DriftItem } from '../../src/report/drift.ts'
import { Duration } from '../../src/units/duration.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { fakeCluster } from './fake-cluster.ts'
import { type FakeWorld, fakeWorld } from './fake-engine.ts'

/** Whose a difference is, until when, and what is undone when asked. */

const now = new Date('2026-11-25T12:00:00Z')
const item: DriftItem = {
  kind: 'v1:Service',
  name: 'media/sfu',
  path: 'spec.ports[0].port',
  want: 1,
  have: 2,
  class: 'unexplained',
  owner: null,
  changedAt: null,
}

async function explain(hold: unknown, path = item.path): Promise<DriftItem | undefined> {
  const text = typeof hold === 'string' ? hold : JSON.stringify(hold)
  const managedFields = [
    { manager: 'kubelet', time: '2026-11-25T11:59:00Z', subresource: 'status' },
    { manager: 'pulumi-kubernetes-0a0a0a0a', time: '2026-11-25T11:58:00Z' },
    { manager: 'ops', time: '2026-11-25T11:00:00Z' },
  ]
  const live = { metadata: { managedFields, annotations: hold === null ? {} : { 'iv.dev/hold': text } } }
  const cluster = { ...fakeCluster(() => ({ status: 200, body: live })), pathOf: () => Promise.resolve('/x') }
  const c = testCollaborators('/nowhere')
  return (await explainDrift([{ ...item, path }], cluster, { clock: { ...c.clock, now: () => now } })).at(0)
}

const held = { owner: 'ops on call', until: '2026-11-25T13:00:00Z', reason: 'incident 7', path: 'spec.ports' }

describe('a difference', () => {
  test('tells who last wrote the object besides the engine and the status, and when', async () => {
    const told = { class: 'unexplained', owner: 'ops', changedAt: '2026-11-25T11:00:00Z' }
    expect(await explain(null)).toMatchObject(told)
  })

  test('that is held is an override with owner, reason and end', async () => {
    const { owner, until, reason } = held
    expect(await explain(held)).toMatchObject({ class: 'override', owner, until, reason })
  })

  test.each([
    ['is over', { ...held, until: '2026-11-25T11:59:59Z' }, item.path],
    ['is of another field', held, 'spec.portsAreElsewhere'],
    ['has no end', { owner: 'ops', path: 'spec.ports' }, item.path],
    ['has no owner', { until: held.until, path: 'spec.ports' }, item.path],
    ['cannot be read', '{', item.path],
  ])('is unexplained where the hold %s', async (_, hold, path) => {
    expect(await explain(hold, path)).toMatchObject({ class: 'unexplained' })
  })

  test('is left out where it is older than asked for, and kept where it does not say', () => {
    const old = { ...item, changedAt: '2026-11-25T09:00:00Z' }
    expect(recent([old, item], Duration.parse('2h'), now)).toEqual([item])
    expect(recent([old, item], undefined, now)).toEqual([old, item])
  })
})

describe('remediate', { timeout: 20_000 }, () => {
  let project: string
  let world: FakeWorld
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'iv-drift-'))
    world = await fakeWorld(project, [true, true])
  })
  afterEach(() => rm(project, { recursive: true, force: true }))

  const scope = {
    environment: 'local',
    regions: ['us-east'],
    provider: 'auto',
    allowLocalState: false,
  } as const
  const lanes = { maxParallel: 1, onFailure: 'halt', takeOwnership: false } as const

  test('changes only what differs, after a question, and shows what is left', async () => {
    await deploy({ ...scope, ...lanes }, world)
    world.calls.length = 0
    world.previews.set('us-east', ['create', 'create', 'none'])
    const report = await drift({ ...scope, remediate: true }, world)
    expect(report).toMatchObject({ outcome: 'OK', data: { regions: [{ status: 'remediated', items: [] }] } })
    expect(world.calls).toEqual([
      'preview us-east',
      'preview us-east of urn:us-east',
      'up us-east',
      'preview us-east',
    ])
    expect(world.host.questions.at(-1)).toMatchObject({ id: 'drift.remediate' })
  })

  test('asks and changes nothing where nothing is unexplained', async () => {
    await deploy({ ...scope, ...lanes }, world)
    world.calls.length = 0
    world.previews.set('us-east', 'none')
    await drift({ ...scope, remediate: true }, world)
    expect(world.calls).toEqual(['preview us-east'])
  })
})
