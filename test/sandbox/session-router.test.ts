import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootstrap, type RouterPorts } from '../../src/platform/systems/affinity/bootstrap.ts'
import { routerArguments } from '../../src/platform/rules/router-process.ts'
import { planAffinity } from '../../src/platform/systems/affinity/plan.ts'
import { examplePlatform } from '../platform/example.ts'
import { planOf, textOf } from '../platform/systems/context.ts'
import { inTime } from '../support/figures.ts'
import { type EnvoyProject, startEnvoy, validate } from './envoy-project.ts'

/** The document's ring, and shorter times: checks every 1 s for 5 s, a drain of 2 s for 30 s. */
const { specification } = examplePlatform({
  affinity: { ringSlots: 1024, failover: { healthCheckInterval: '1s', drainTimeout: '2s' } },
})
const intervalMs = 1000

type Json = Record<string, unknown>
type Cluster = Json & {
  name: string
  load_assignment: Json
  health_checks?: [Json & { http_health_check: Json }]
}

/** The group on `count` addresses of the loopback instead of the servers that the cluster's DNS would name. */
function on(
  cluster: Cluster,
  port: number,
  { name = cluster.name, count }: { name?: string; count: number },
): Cluster {
  const endpoints = Array.from({ length: count }, (_, index) => ({
    endpoint: { address: { socket_address: { address: `127.0.0.${index + 1}`, port_value: port } } },
  }))
  return {
    ...cluster,
    name,
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: endpoints }] },
  }
}

function configuration(ports: RouterPorts, upstream: number): object {
  const clusters = (['conductor', 'sfu'] as const).map((name) => ({ name, host: '127.0.0.1' }))
  const whole = bootstrap({ specification, region: 'us-east', ports, clusters })
  const [conductor, sfu, administration] = whole.static_resources.clusters as unknown as Cluster[]
  if (!conductor || !sfu || !administration) throw new Error('the bootstrap has not its three groups')
  const bare = structuredClone(conductor)
  delete bare.health_checks?.[0].http_health_check['retriable_statuses']
  const groups = [
    on(conductor, upstream, { count: 30 }),
    on(sfu, upstream, { count: 3 }),
    {
      ...on(conductor, upstream, { name: 'document', count: 7 }),
      ring_hash_lb_config: { minimum_ring_size: 1024 },
    },
    on(bare, upstream, { name: 'control', count: 30 }),
    administration,
  ]
  return { ...whole, static_resources: { ...whole.static_resources, clusters: groups } }
}

let router: EnvoyProject

beforeAll(async () => {
  const [, , ...args] = routerArguments(specification.affinity.failover)
  router = await startEnvoy({ bootstrap: configuration, args })
})
afterAll(() => router.stop())

async function stat(name: string): Promise<number> {
  const text = await router.admin('GET', `/stats?filter=${name.replaceAll('.', '\\.')}$`)
  return Number(text.split(':').at(-1))
}

const healthy = (group: string): Promise<number> => stat(`cluster.${group}.membership_healthy`)

/** Time until `look` says yes, asked every 20 ms. */
async function timeUntil(look: () => Promise<boolean>): Promise<number> {
  const started = performance.now()
  while (!(await look())) {
    if (performance.now() - started > 15_000) throw new Error('it did not happen in 15 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - started
}

describe('the configuration that is deployed', () => {
  test('is accepted by the real Envoy', async () => {
    const text = textOf(planOf(planAffinity, 'us-east'), 'session-router-envoy', 'envoy.json')
    expect(await validate(JSON.parse(text) as object)).toMatchObject({ ok: true })
  })

  test('is judged: another lb policy than Envoy has is refused', async () => {
    const text = textOf(planOf(planAffinity, 'us-east'), 'session-router-envoy', 'envoy.json')
    const refused = JSON.parse(text.replaceAll('RING_HASH', 'RING_HASHED')) as object
    expect(await validate(refused)).toMatchObject({ ok: false })
  })
})

describe('Sticky Session Configuration, in the real Envoy', () => {
  test('150 virtual nodes for each of the most servers; 1,024 slots give 7 servers 147', async () => {
    expect(await stat('cluster.conductor.ring_hash_lb.min_hashes_per_host')).toBe(150)
    expect(await stat('cluster.conductor.ring_hash_lb.max_hashes_per_host')).toBe(150)
    expect(await stat('cluster.sfu.ring_hash_lb.min_hashes_per_host')).toBe(1500)
    expect(await stat('cluster.document.ring_hash_lb.min_hashes_per_host')).toBe(147)
  })

  test('a session is one server, however its id is said, and 3,000 sessions are spread', async () => {
    const shares = new Map<string, number>()
    for (let id = 0; id < 3000; id += 50) {
      const ids = Array.from({ length: 50 }, (_, index) => `session-${id + index}`)
      const answers = await Promise.all(ids.map((name) => router.ask('/x', { 'x-session-id': name })))
      for (const { server } of answers) shares.set(server, (shares.get(server) ?? 0) + 1)
    }
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      const said = [
        router.ask('/x', { 'x-session-id': id }),
        router.ask(`/x?session_id=${id}`),
        router.ask(`/s/${id}/talk`),
      ]
      expect(new Set((await Promise.all(said)).map(({ server }) => server)).size).toBe(1)
    }
    expect(shares.size).toBe(30)
    const fullest = Math.max(...shares.values()) / (3000 / 30)
    expect(fullest).toBeLessThan(1.6)
  })

  test('unhealthy after 3 checks, healthy after 2; open streams stay; without retriable statuses one check does it', async () => {
    const first = await router.open('/s/stay-0/stream')
    const server = String(first.headers['x-server'])
    expect([await healthy('conductor'), await healthy('control')]).toEqual([30, 30])
    router.health.set(server, 406)
    const isOut = (group: string) => timeUntil(async () => (await healthy(group)) === 29)
    const [out, control] = await inTime('session router: a server is out after 3 checks of 1 s', 3, () =>
      Promise.all([isOut('conductor'), isOut('control')]),
    )
    expect((await router.ask('/s/stay-0/x')).server).not.toBe(server)
    expect(first.destroyed).toBe(false)
    router.health.delete(server)
    const back = await inTime('session router: and back after 2', 2, () =>
      timeUntil(async () => (await healthy('conductor')) === 30),
    )
    first.destroy()
    expect(control).toBeLessThan(out - intervalMs / 2)
    expect(out).toBeGreaterThan(2 * intervalMs - 100)
    expect(out).toBeLessThan(3 * intervalMs + 1500)
    expect(back).toBeGreaterThan(intervalMs - 100)
    expect(back).toBeLessThan(2 * intervalMs + 1500)
  })

  test('drains for the drain time: callers are sent away, then the door is closed', async () => {
    await router.admin('POST', '/drain_listeners?graceful')
    const during = await router.ask('/s/a/x')
    expect([during.status, during.headers['connection']]).toEqual([200, 'close'])
    const refused = (): Promise<boolean> =>
      router.ask('/s/a/x').then(
        () => false,
        () => true,
      )
    const closed = await inTime('session router: door closed after a drain time of 2 s', 2, () =>
      timeUntil(refused),
    )
    expect(closed).toBeGreaterThan(1500)
    expect(closed).toBeLessThan(4000)
  })
})
