import { expect, test } from 'vitest'
import type { ClusterRequest } from '../../src/cluster/cluster.ts'
import type { NodePlan } from '../../src/platform/region-plan.ts'
import type { SandboxClient } from '../../src/sandbox/client.ts'
import { isReady, type LiveNode, reconcileNodes } from '../../src/sandbox/nodes.ts'

function plan(name: string, cpu = '4'): NodePlan {
  return {
    name,
    shape: 'media',
    zone: 'a',
    labels: { 'iv.dev/shape': 'media' },
    taints: [{ key: 'iv.dev/shape', value: 'media', effect: 'NoSchedule' }],
    capacity: { cpu },
  }
}

/** An API server that holds nodes and remembers what was asked of it. */
class FakeServer implements SandboxClient {
  readonly sent: ClusterRequest[] = []
  readonly nodes = new Map<string, LiveNode>()

  request(message: ClusterRequest) {
    if (message.method === 'GET')
      return Promise.resolve({ status: 200, body: { items: [...this.nodes.values()] } })
    this.sent.push(message)
    if (message.method === 'POST') {
      const node = message.body as LiveNode
      this.nodes.set(node.metadata.name, node)
    }
    return Promise.resolve({ status: 200, body: {} })
  }

  close(): void {}

  /** `PATCH /api/v1/nodes/a` and the like, since the last look. */
  take(): string[] {
    return this.sent.splice(0).map(({ method, path }) => `${method} ${path}`)
  }
}

const range = '10.64.0.0/16'

test('planned nodes are created once, and a second look writes nothing', async () => {
  const server = new FakeServer()
  await reconcileNodes(server, [plan('one'), plan('two')], range)
  expect(server.sent.map(({ body }) => (body as LiveNode).metadata.name)).toEqual(['one', 'two'])
  expect(server.sent[0]?.body).toMatchObject({
    metadata: { labels: { 'iv.dev/shape': 'media' }, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    spec: { taints: [{ key: 'iv.dev/shape', value: 'media', effect: 'NoSchedule' }] },
    status: { capacity: { cpu: '4' }, allocatable: { cpu: '4' } },
  })
  server.take()
  await reconcileNodes(server, [plan('one'), plan('two')], range)
  expect(server.take()).toEqual([])
})

test('a changed plan changes the node and keeps the taints that its health brought', async () => {
  const server = new FakeServer()
  await reconcileNodes(server, [plan('one')], range)
  const node = server.nodes.get('one')
  node?.spec?.taints?.push({ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' })
  server.take()
  await reconcileNodes(server, [plan('one', '8')], range)
  expect(server.sent.map(({ path }) => path)).toEqual(['/api/v1/nodes/one/status', '/api/v1/nodes/one'])
  expect(server.sent[0]?.body).toEqual({ status: { capacity: { cpu: '8' }, allocatable: { cpu: '8' } } })
  expect(server.sent[1]?.body).toMatchObject({
    spec: {
      taints: [{ key: 'iv.dev/shape' }, { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
    },
  })
})

test('a node that left the plan is removed; one that somebody else made stays', async () => {
  const server = new FakeServer()
  await reconcileNodes(server, [plan('one'), plan('two')], range)
  server.nodes.set('foreign', {
    metadata: { name: 'foreign', annotations: { 'kwok.x-k8s.io/node': 'fake' } },
  })
  server.take()
  await reconcileNodes(server, [plan('one')], range)
  expect(server.take()).toEqual(['DELETE /api/v1/nodes/two'])
})

test('a refusal carries the words of the server', async () => {
  const server: SandboxClient = {
    request: (message) =>
      Promise.resolve(
        message.method === 'GET'
          ? { status: 200, body: { items: [] } }
          : { status: 403, body: { message: 'nodes is forbidden' } },
      ),
    close: () => undefined,
  }
  await expect(reconcileNodes(server, [plan('one')], range)).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringContaining('nodes is forbidden'),
  })
})

test('a node is ready when its condition says so and the taint of new nodes is gone', () => {
  const node = (status: string, taint: string): LiveNode => ({
    metadata: { name: 'one' },
    spec: { taints: [{ key: taint, effect: 'NoSchedule' }] },
    status: { conditions: [{ type: 'Ready', status }] },
  })
  expect(isReady(node('True', 'iv.dev/shape'))).toBe(true)
  expect(isReady(node('Unknown', 'iv.dev/shape'))).toBe(false)
  expect(isReady(node('True', 'node.kubernetes.io/not-ready'))).toBe(false)
  expect(isReady({ metadata: { name: 'one' } })).toBe(false)
})
