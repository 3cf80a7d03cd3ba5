import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../src/crds/faults.ts'
import type { PlatformObject } from '../../src/platform/kubernetes.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { examplePlatform } from '../platform/example.ts'

function object(type: string, fields: Record<string, unknown>): PlatformObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'n', labels: {}, annotations: {} }, ...fields }
}

function policy(tableSize: number): PlatformObject {
  const spec = { loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Header', tableSize } } }
  return object('gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy', { spec })
}

function scaled(type: string, metadata: Record<string, unknown>): PlatformObject {
  return object('keda.sh/v1alpha1 ScaledObject', { spec: { triggers: [{ type, metadata }] } })
}

function breaker(successThreshold: number, halfOpenRequests: number): PlatformObject {
  const text = JSON.stringify({ calls: { asr: { breaker: { successThreshold, halfOpenRequests } } } })
  return object('v1 ConfigMap', { data: { 'resilience.json': text } })
}

const settings = { serverAddress: 'http://prometheus', query: 'up', threshold: '10' }

describe('what an API server takes and nobody can work with', () => {
  test.each([
    ['a table that is not prime', policy(65_536), 'tableSize is 65536, which is not prime'],
    ['a table of one slot', policy(1), 'tableSize is 1, which is not prime'],
    [
      'a misspelt setting',
      scaled('prometheus', { ...settings, treshold: '3' }),
      'treshold is no setting of prometheus',
    ],
    ['a number for a text', scaled('prometheus', { ...settings, threshold: 10 }), 'threshold is no text: 10'],
    ['a trigger that iv does not know', scaled('cron', {}), 'type is cron'],
    ['more successes than requests', breaker(3, 2), 'closes after 3 successes of 2 requests'],
    ['fewer successes than requests', breaker(2, 3), 'closes after 2 successes of 3 requests'],
  ])('%s', (_, faulty, message) => {
    expect(faultsOf([faulty])).toEqual([
      {
        id: 'object-fault',
        severity: 'error',
        path: `${faulty.kind} n/x`,
        message: expect.stringContaining(message) as unknown,
      },
    ])
  })

  test.each([
    ['a prime table', policy(65_537)],
    ['the default table', object('gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy', { spec: {} })],
    ['known settings, all text', scaled('prometheus', { ...settings, ignoreNullValues: 'false' })],
    ['as many successes as requests', breaker(3, 3)],
    ['another ConfigMap', object('v1 ConfigMap', { data: { 'other.json': 'not JSON' } })],
    ['another kind', object('v1 Service', {})],
  ])('but not %s', (_, sound) => {
    expect(faultsOf([sound])).toEqual([])
  })

  test.each(Object.keys(examplePlatform().specification.regions))('nothing of the plan of %s', (region) => {
    expect(faultsOf(objectsOf(planRegion(examplePlatform(), region)))).toEqual([])
  })
})
