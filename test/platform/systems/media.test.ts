import { describe, expect, test } from 'vitest'
import type { PlatformObject } from '../../../src/platform/kubernetes.ts'
import type { CapacityBuffer, NodePool } from '../../../src/platform/systems/kinds/karpenter.ts'
import { planMedia } from '../../../src/platform/systems/media/plan.ts'
import { extraRegion } from '../example.ts'
import { objectOf, planOf, textOf } from './context.ts'

function planned(changes: Record<string, unknown> = {}, region = 'us-east') {
  return planOf(planMedia, region, changes)
}

function object<T extends PlatformObject>(kind: T['kind'], name: string): T {
  return objectOf(planned(), kind, name) as T
}

function config(changes: Record<string, unknown> = {}) {
  const text = textOf(planned(changes), 'sfu-livekit', 'livekit.json')
  return JSON.parse(text) as Record<string, Record<string, unknown>>
}

describe('the configuration of media servers', () => {
  test('opens the UDP range, WebRTC over TCP, and the relay over TLS and UDP', () => {
    expect(config()['rtc']).toMatchObject({
      tcp_port: 7881,
      port_range_start: 50_000,
      port_range_end: 60_000,
      use_external_ip: true,
    })
    expect(config()['turn']).toMatchObject({
      enabled: true,
      domain: 'turn.interview.localhost',
      tls_port: 5349,
      udp_port: 3478,
    })
  })

  test('the relay is reached on 443, the port that every network lets out', () => {
    expect(object('Service', 'sfu-turn')['spec']).toMatchObject({
      type: 'LoadBalancer',
      ports: [{ port: 443, targetPort: 'turn-tls' }],
    })
  })

  test('finds its sessions through the sentinels of its own region', () => {
    expect(config()['redis']).toEqual({
      sentinel_master_name: 'sessions',
      sentinel_addresses: expect.arrayContaining([expect.stringMatching(/:26379$/)]) as unknown,
    })
  })

  test('spreads rooms by their number, over servers whose load leaves room', () => {
    expect(config()['node_selector']).toEqual({
      kind: 'sysload',
      sort_by: 'rooms',
      algorithm: 'twochoice',
      sysload_limit: 0.9,
    })
  })

  test('stops at the tracks of 120 sessions, the hard cap', () => {
    expect(config()['limit']).toEqual({ num_tracks: 720 })
  })

  test('without a hard cap, at the tracks of the 80 sessions of the table and a quarter more', () => {
    expect(config({ affinity: { maxSessionsPerServer: undefined } })['limit']).toEqual({ num_tracks: 600 })
  })

  test('keeps a room for the 60 s that a recovery may take', () => {
    expect(config()['room']).toMatchObject({ departure_timeout: 60 })
  })

  test('holds no secret', () => {
    expect(JSON.stringify(planned().objects)).not.toMatch(/password|keys"|secret/i)
  })
})

describe('the machines of media servers', () => {
  const { spec } = object<NodePool>('NodePool', 'interview-media')

  test('are never taken back, replaced or repacked while a session is on them', () => {
    expect(spec.disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '10m',
      budgets: [{ nodes: '0', reasons: ['Drifted', 'Underutilized'] }, { nodes: '1' }],
    })
    expect(spec.template.spec.expireAfter).toBe('Never')
  })

  test('are forced only after the longest drain (2 h and 5 min), never before', () => {
    expect(spec.template.spec.terminationGracePeriod).toBe('9300s')
    expect(9300).toBeGreaterThan(2 * 3600 + 300)
  })

  test('are on demand and carry the label and the taint that the pods ask for', () => {
    expect(spec.template.spec.requirements).toContainEqual({
      key: 'karpenter.sh/capacity-type',
      operator: 'In',
      values: ['on-demand'],
    })
    expect(spec.template.metadata.labels['iv.dev/shape']).toBe('media')
    expect(spec.template.spec.taints).toEqual([{ key: 'iv.dev/shape', value: 'media', effect: 'NoSchedule' }])
  })

  test('are as many as the pool has servers at most, and the spare one', () => {
    expect(spec.limits).toEqual({ cpu: String((30 + 1) * 8) })
  })

  test('one of them is kept warm', () => {
    expect(object<CapacityBuffer>('CapacityBuffer', 'sfu').spec).toEqual({
      scalableRef: { apiGroup: 'apps', kind: 'Deployment', name: 'sfu' },
      replicas: 1,
      provisioningStrategy: 'buffer.x-k8s.io/active-capacity',
    })
  })

  test('where the autoscaler of nodes knows no buffers, there is none, and the table says so', () => {
    const without = planned({ provisioning: { capacityBuffers: false } })
    expect(without.objects.map(({ kind }) => kind)).not.toContain('CapacityBuffer')
    expect(without.fidelity.find(({ demand }) => demand.includes('warm spare'))?.carried).toBe('elsewhere')
  })
})

describe('the quality of media', () => {
  test('audio-only is a grant without a camera, chosen by the ladder', () => {
    const text = textOf(planned(), 'media-profiles', 'profiles.json')
    const profiles = JSON.parse(text) as Record<string, Record<string, unknown>>
    expect(profiles['profiles']).toMatchObject({
      full: { canPublishSources: ['camera', 'microphone'], videoKbps: 1700, adaptiveStream: true },
      'reduced-video': { videoKbps: 450 },
      'audio-only': { canPublishSources: ['microphone'] },
    })
    expect(profiles['choice']).toEqual([
      { flag: 'audio-only', profile: 'audio-only' },
      { flag: 'reduced-video', profile: 'reduced-video' },
    ])
  })

  test('an edge has media servers and nobody who hands out access', () => {
    const edge = planned({ regions: { edge: extraRegion('edge') } }, 'edge')
    expect(edge.objects.map(({ metadata }) => metadata.name)).not.toContain('media-profiles')
    expect(edge.objects.map(({ kind }) => kind)).toContain('NodePool')
  })
})
