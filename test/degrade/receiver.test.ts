import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cluster, JsonObject } from '../../src/cluster/cluster.ts'
import { readLadder, writeManual } from '../../src/degrade/flag-object.ts'
import { startReceiver } from '../../src/degrade/receiver.ts'
import { testCollaborators } from '../support/collaborators.ts'

type Flags = Record<string, JsonObject>

/** A server with the one FeatureFlag: what each field manager applied, laid over what the stack made. */
function flagServer() {
  const applied = new Map<string, Flags>()
  let refuses = false
  const flags = (): Flags =>
    [...applied.values()].reduce<Flags>((merged, own) => {
      const names = new Set([...Object.keys(merged), ...Object.keys(own)])
      return Object.fromEntries([...names].map((name) => [name, { ...merged[name], ...own[name] }]))
    }, {})
  const request: Cluster['request'] = async ({ method, path, body }) => {
    if (refuses) return { status: 500, body: { message: 'down' } }
    if (method === 'PATCH') {
      const manager = new URL(path, 'http://server').searchParams.get('fieldManager') ?? ''
      const { spec } = body as { spec: { flagSpec: { flags: Flags } } }
      applied.set(manager, spec.flagSpec.flags)
    }
    return { status: 200, body: { spec: { flagSpec: { flags: flags() } } } }
  }
  return {
    cluster: { request } as unknown as Cluster,
    refuse: (value: boolean) => {
      refuses = value
    },
  }
}

const place = { namespace: 'interview-application', region: 'us-east' }
let end: AbortController
beforeEach(() => {
  end = new AbortController()
})
afterEach(() => end.abort())

async function listen(cluster: Cluster) {
  const c = testCollaborators('/nowhere', { signal: end.signal })
  const server = await startReceiver({ cluster, ...place, port: 0 }, c)
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = async (body: unknown): Promise<number> =>
    (await fetch(`${base}/alerts`, { method: 'POST', body: JSON.stringify(body) })).status
  const alert = (status: string, labels: Record<string, string>) => ({ alerts: [{ status, labels }] })
  return { base, post, alert }
}

describe('the receiver of alerts', () => {
  test('leads down and back, and leaves what a person set', async () => {
    const { cluster } = flagServer()
    const { post, alert } = await listen(cluster)
    const since = '2026-11-25T00:00:00Z'
    await writeManual(cluster, place.namespace, { level: 'L2', reason: 'drill', since })
    const asr = { trigger: 'asr-outage', iv_level: 'L4', iv_switch: 'audio-only' }
    expect(await post(alert('firing', asr))).toBe(200)
    const down = await readLadder(cluster, place.namespace, place.region)
    expect(down).toMatchObject({ manual: 'L2', automatic: 'L4', firing: { 'asr-outage': { level: 'L4' } } })
    expect(await post(alert('resolved', asr))).toBe(200)
    const back = await readLadder(cluster, place.namespace, place.region)
    expect(back).toMatchObject({ manual: 'L2', automatic: 'L1', firing: {} })
  })

  test('knows after a restart what was firing before it', async () => {
    const { cluster } = flagServer()
    const first = await listen(cluster)
    await first.post(first.alert('firing', { trigger: 'llm-outage', iv_level: 'L3' }))
    const second = await listen(cluster)
    await second.post(second.alert('firing', { trigger: 'evaluation-failure', iv_level: 'L2' }))
    const { automatic, firing } = await readLadder(cluster, place.namespace, place.region)
    expect([automatic, Object.keys(firing)]).toEqual(['L3', ['evaluation-failure', 'llm-outage']])
  })

  test('has Alertmanager send again what could not be written, and not what it cannot read', async () => {
    const { cluster, refuse } = flagServer()
    const { base, post, alert } = await listen(cluster)
    refuse(true)
    expect(await post(alert('firing', { trigger: 'llm-outage', iv_level: 'L3' }))).toBe(503)
    refuse(false)
    expect(await post({ alerts: 'none' })).toBe(400)
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    expect((await fetch(`${base}/other`)).status).toBe(404)
  })
})
