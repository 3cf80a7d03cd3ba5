import { describe, expect, test } from 'vitest'
import { planRegion } from '../../../src/platform/plan.ts'
import { minimumRingSize } from '../../../src/platform/systems/affinity/ring.ts'
import { planAffinity } from '../../../src/platform/systems/affinity/plan.ts'
import { examplePlatform, extraRegion } from '../example.ts'
import { contextOf, objectOf, planOf, textOf } from './context.ts'

interface Cluster {
  name: string
  lb_policy?: string
  ring_hash_lb_config?: { minimum_ring_size: number }
  ignore_health_on_host_removal?: boolean
  outlier_detection?: unknown
  health_checks?: Record<string, unknown>[]
}

const plan = planOf(planAffinity, 'us-east')
const text = textOf(plan, 'session-router-envoy', 'envoy.json')
const { static_resources: resources } = JSON.parse(text) as { static_resources: { clusters: Cluster[] } }
const groups = resources.clusters.filter(({ lb_policy }) => lb_policy === 'RING_HASH')
const literal = examplePlatform({ affinity: { ringSlots: 1024 } }).specification

describe('Sticky Session Configuration', () => {
  test('ring_size 1024 and virtual_nodes 150 per server: max(1024, 150 × servers)', () => {
    expect([3, 6, 7, 30].map((servers) => minimumRingSize(literal, servers))).toEqual([
      1024, 1024, 1050, 4500,
    ])
  })

  test('conductor and signalling are found by the ring, with the slots of the specification', () => {
    expect(groups.map(({ name, ring_hash_lb_config: ring }) => [name, ring?.minimum_ring_size])).toEqual([
      ['conductor', 65_537],
      ['sfu', 65_537],
    ])
  })

  test('health_check_interval 5s, unhealthy_threshold 3, healthy_threshold 2, 406 and 503 alike', () => {
    for (const { health_checks: checks } of groups) {
      expect(checks).toMatchObject([
        {
          interval: '5s',
          no_traffic_interval: '5s',
          unhealthy_threshold: 3,
          healthy_threshold: 2,
          http_health_check: { retriable_statuses: [{ start: 400, end: 600 }] },
        },
      ])
    }
  })

  test('drain_timeout 30s is what a leaving router waits, and what the gateway gives', () => {
    const work = planRegion(examplePlatform(), 'us-east').workloads.find(
      ({ name }) => name === 'session-router',
    )
    const container = work?.deployment.spec.template.spec.containers[0]
    expect(container?.lifecycle?.preStop.sleep.seconds).toBe(30)
    expect(container?.args?.join(' ')).toContain('--drain-time-s 30')
    expect(objectOf(plan, 'EnvoyProxy', 'gateway')['spec']).toEqual({ shutdown: { drainTimeout: '30s' } })
  })
})

describe('the router', () => {
  test('never combines active checks with ejection, and forgets servers that left', () => {
    for (const group of groups) {
      expect(group.outlier_detection).toBeUndefined()
      expect(group.ignore_health_on_host_removal).toBe(true)
    }
  })

  test('is another revision when its configuration changes', () => {
    const digestOf = (changes: Record<string, unknown>): unknown =>
      planRegion(examplePlatform(changes), 'us-east').workloads.find(({ name }) => name === 'session-router')
        ?.deployment.spec.template.metadata.annotations
    expect(digestOf({})).toEqual(digestOf({}))
    expect(digestOf({})).not.toEqual(digestOf({ affinity: { ringSlots: 1024 } }))
  })
})

describe('the gateway', () => {
  test('ejects a failing API server whatever their number, and checks none actively', () => {
    const guard = objectOf(plan, 'BackendTrafficPolicy', 'api')['spec']
    expect(guard).toMatchObject({
      healthCheck: { passive: { maxEjectionPercent: 100, baseEjectionTime: '30s' } },
    })
    expect(guard).not.toHaveProperty('healthCheck.active')
  })

  test('answers to the platform’s name and to the region’s own', () => {
    const route = objectOf(plan, 'HTTPRoute', 'session-router')
    expect(route.metadata.annotations['external-dns.kubernetes.io/hostname']).toBe(
      'us-east.interview.localhost',
    )
    expect(route['spec']).toMatchObject({ hostnames: ['interview.localhost', '*.interview.localhost'] })
  })

  test('is not in a region that leads no interviews', () => {
    expect(planAffinity(contextOf('brink', { regions: { brink: extraRegion('edge') } }))).toBeUndefined()
  })
})
