import { expect, test } from 'vitest'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { liveImpact, shortage } from '../../src/deploy/live-sessions.ts'
import type { Site } from '../../src/deploy/site.ts'
import type { EngineResult } from '../../src/engine/engine.ts'
import { impactLines } from '../../src/report/live-impact.ts'
import { fakeCluster } from './fake-cluster.ts'

/** What a change of the media servers needs, from the sessions on them and the nodes that are free. */

const pool = { name: 'sfu', namespace: 'media', workload: 'sfu', nodeShape: 'media', image: 'sfu:2' }

function cluster(sessions: readonly number[], nodes: number): Cluster {
  const pods = sessions.map((count, index) => ({
    metadata: { name: `sfu-${index}`, annotations: { 'iv.dev/sessions': String(count) } },
    spec: { nodeName: `n${index}` },
  }))
  const going = {
    metadata: { name: 'sfu-old', deletionTimestamp: 'now', annotations: { 'iv.dev/sessions': '9' } },
    spec: { nodeName: 'n-old' },
  }
  const names = ['n-old', ...Array.from({ length: nodes }, (_, index) => `n${index}`)]
  const ready = names.map((name) => ({
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }))
  const cordoned = { ...ready[0], metadata: { name: 'cordoned' }, spec: { unschedulable: true } }
  return fakeCluster(({ path }) => ({
    status: 200,
    body: {
      items: path.includes('/pods') ? [...pods, going] : [...ready, cordoned, { metadata: { name: 'down' } }],
    },
  }))
}

const site = (of: Cluster, isNew = false): Site => ({ plan: { pools: [pool] }, cluster: of, isNew }) as never
const change = (name: string, path: string): EngineResult =>
  ({ changes: [{ op: 'update', type: 'apps/v1:Deployment', name, paths: [path] }] }) as never
const image = change('media/sfu', 'spec.template.spec.containers[0].image')

test.each([
  [
    'every server holds sessions: each needs a node of its own',
    { sessions: [4, 5, 6], nodes: 6, expected: { neededNodes: 3, spareNodes: 3, fits: true } },
  ],
  [
    'one node short',
    { sessions: [4, 5, 6], nodes: 5, expected: { neededNodes: 3, spareNodes: 2, fits: false } },
  ],
  [
    'one holds sessions: its own, and one for the others between them',
    { sessions: [4, 0, 0], nodes: 5, expected: { neededNodes: 2, spareNodes: 2, fits: true } },
  ],
  [
    'none does: one at a time',
    { sessions: [0, 0, 0], nodes: 4, expected: { neededNodes: 1, spareNodes: 1, fits: true } },
  ],
  ['none is there', { sessions: [], nodes: 0, expected: { neededNodes: 0, fits: true } }],
])('%s', async (_, { sessions, nodes, expected }) => {
  expect(await liveImpact(site(cluster(sessions, nodes)), image)).toMatchObject(expected)
})

test('names the servers, their sessions, and why it is refused', async () => {
  const impact = await liveImpact(site(cluster([4, 5], 2)), image)
  if (!impact) throw new Error('no impact')
  expect(impact.sessions).toBe(9)
  expect(impactLines(impact)).toContain('  sfu-1 on n1: 5 sessions')
  expect(shortage('us-east', impact)).toMatchObject({ code: 'REFUSED', retryable: true, region: 'us-east' })
})

test.each([
  ['another pool', change('speech/asr', 'spec.template.spec.containers[0].image')],
  ['a label of the Deployment itself', change('media/sfu', 'metadata.labels.a')],
])('%s touches no session', async (_, seen) => {
  expect(await liveImpact(site(cluster([4], 1)), seen)).toBeUndefined()
})

test('a new region has none', async () => {
  expect(await liveImpact(site(cluster([4], 1), true), image)).toBeUndefined()
})

test('a change that was cut counts only the servers that it has not come to', async () => {
  const pods = ['sfu:1', 'sfu:2'].map((image, index) => ({
    metadata: { name: `sfu-${index}` },
    spec: { nodeName: `n${index}`, containers: [{ image }] },
  }))
  const half = fakeCluster(({ path }) => ({
    status: 200,
    body: { items: path.includes('/pods') ? pods : [] },
  }))
  expect(await liveImpact(site(half), image)).toMatchObject({ neededNodes: 1, pods: [{ name: 'sfu-0' }] })
})
