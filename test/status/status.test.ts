import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClusterRequest, JsonObject } from '../../src/cluster/cluster.ts'
import { Failure } from '../../src/failure.ts'
import { statusWriter } from '../../src/report/status.ts'
import { plainStyle } from '../../src/report/style.ts'
import { openRun } from '../../src/runs/journal.ts'
import { status } from '../../src/status/status.ts'
import { fakeCluster } from '../deploy/fake-cluster.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { ManualClock } from '../support/manual-clock.ts'

let project: string
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-status-'))
})
afterEach(() => rm(project, { recursive: true, force: true }))

const input = { environment: 'local', regions: [], watch: false }

function sfu(ready: number): JsonObject {
  return {
    metadata: { name: 'sfu', namespace: 'interview-media', generation: 1 },
    spec: { replicas: 3 },
    status: { observedGeneration: 1, replicas: 3, readyReplicas: ready, updatedReplicas: 3 },
  }
}

function node(shape: string | undefined, ready: 'True' | 'False'): JsonObject {
  return {
    metadata: { labels: shape === undefined ? {} : { 'iv.dev/shape': shape } },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  }
}

function connect(deployments: () => JsonObject[]) {
  const nodes = [node('media', 'True'), node('media', 'False'), node(undefined, 'True')]
  const items = ({ path }: ClusterRequest): JsonObject[] => (path.includes('nodes') ? nodes : deployments())
  return () => Promise.resolve(fakeCluster((request) => ({ status: 200, body: { items: items(request) } })))
}

test('shows every pool, the nodes by shape and the last run', async () => {
  const c = testCollaborators(project)
  const run = await openRun({ command: 'deploy', environment: 'local', regions: ['us-east'], inputs: {} }, c)
  await run.end('OK')
  const report = await status({ ...input, regions: ['us-east'] }, { ...c, connect: connect(() => [sfu(2)]) })
  const [region] = report.data.regions
  expect(report.outcome).toBe('OK')
  expect(region).toMatchObject({ region: 'us-east', role: 'primary', state: 'not-ready', reachable: true })
  expect(region?.pools.map(({ name }) => name)).toEqual(['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api'])
  expect(region?.pools[0]).toMatchObject({ name: 'sfu', ready: 2, desired: 3, state: 'not-ready' })
  expect(region?.pools[1]).toMatchObject({ state: 'absent', ready: 0 })
  expect(region?.nodes).toEqual([{ shape: 'media', ready: 1, total: 2 }])
  expect(region?.lastRun).toMatchObject({ id: run.id, command: 'deploy', outcome: 'OK' })
  const text = statusWriter.text(report.data, plainStyle)
  expect(text).toMatch(/sfu +2\/3 +3-30 +not-ready/)
  expect(text).toContain('nodes: media 1/2')
})

test('a region without pools of iv is not deployed', async () => {
  const c = { ...testCollaborators(project), connect: connect(() => []) }
  const { data } = await status({ ...input, regions: ['us-east'] }, c)
  expect(data.regions[0]?.state).toBe('not-deployed')
})

test('a region out of reach is shown and hides no other', async () => {
  const reach = connect(() => [])
  const c = {
    ...testCollaborators(project),
    connect: ({ context }: { context: string }) =>
      context.endsWith('eu-west') ? Promise.reject(new Failure('OPERATION', 'connection refused')) : reach(),
  }
  const { data, outcome } = await status(input, c)
  expect(outcome).toBe('PARTIAL')
  expect(data.regions.map(({ region, reachable }) => `${region} ${reachable}`)).toEqual([
    'us-west true',
    'eu-west false',
    'us-east true',
  ])
  expect(data.regions[1]).toMatchObject({ state: 'unreachable', error: { message: 'connection refused' } })
})

test('a watch tells every difference once and ends in order when stopped', async () => {
  const clock = new ManualClock()
  const controller = new AbortController()
  const c = testCollaborators(project, { clock, signal: controller.signal })
  let ready = 2
  const watching = status(
    { ...input, regions: ['us-east'], watch: true },
    { ...c, connect: connect(() => [sfu(ready)]) },
  )
  const seen = (): number => c.host.of('status.observed').length
  await expect.poll(seen).toBe(1)
  await expect.poll(() => clock.pending).toBe(1)
  await clock.advance(2000)
  await expect.poll(() => clock.pending).toBe(1)
  expect(seen()).toBe(1)
  ready = 3
  await clock.advance(2000)
  await expect.poll(seen).toBe(2)
  controller.abort(new Failure('CANCELLED', 'cancelled by Ctrl-C'))
  expect(await watching).toMatchObject({
    outcome: 'OK',
    data: { regions: [{ pools: [{ ready: 3 }, {}, {}, {}, {}, {}] }] },
  })
})
