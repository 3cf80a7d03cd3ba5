import { describe, expect, test } from 'vitest'
import type { NetworkPolicyObject } from '../../src/platform/kubernetes.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { flows } from '../../src/platform/rules/network/flows.ts'
import { namespaceName } from '../../src/platform/names.ts'
import { tierOf } from '../../src/platform/tiers.ts'
import { workOf } from '../../src/platform/work.ts'
import { examplePlatform, extraRegion } from './example.ts'

const platform = examplePlatform({ regions: { 'edge-sa': extraRegion('edge') } })
const plan = planRegion(platform, 'us-east')

function policy(namespace: string, name: string): NetworkPolicyObject | undefined {
  return plan.tiers
    .flatMap(({ networkPolicies }) => networkPolicies)
    .find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)
}

describe('network policies', () => {
  test('every namespace is closed both ways for every pod', () => {
    for (const { namespace } of plan.tiers) {
      expect(policy(namespace.metadata.name, 'default-deny')?.spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      })
    }
  })

  test('every namespace may resolve names', () => {
    for (const { namespace } of plan.tiers) {
      const spec = policy(namespace.metadata.name, 'allow-dns')?.spec
      expect(spec?.egress?.[0]?.ports.map(({ port }) => port)).toEqual([53, 53])
    }
  })

  test.each(flows)('$from may call $to, opened at both ends on its port', ({ from, to }) => {
    const caller = namespaceName('interview', tierOf(from))
    const called = namespaceName('interview', tierOf(to))
    const { port } = workOf(platform.specification, to)
    const name = `allow-${from}-to-${to}`
    expect(policy(caller, name)?.spec.egress).toMatchObject([
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': called } } }],
        ports: [{ port }],
      },
    ])
    const inward = caller === called ? `allow-${to}-from-${from}` : name
    expect(policy(called, inward)?.spec.ingress).toMatchObject([
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': from } } }], ports: [{ port }] },
    ])
  })

  test('the API is reached through the ingress controller alone', () => {
    const opened = plan.tiers
      .flatMap(({ networkPolicies }) => networkPolicies)
      .filter(({ spec }) => spec.podSelector.matchLabels?.['app.kubernetes.io/name'] === 'api')
    expect(opened.map(({ metadata }) => metadata.name)).toEqual(['allow-gateway-to-api'])
    expect(opened[0]?.spec.ingress?.[0]?.from).toEqual([
      { namespaceSelector: { matchLabels: { 'iv.dev/gateway': 'true' } } },
    ])
  })

  test('signalling and recording reach SFU servers by the addresses of nodes, signalling on one port only', () => {
    const ports = (name: string) =>
      policy('interview-application', name)?.spec.egress?.[0]?.ports.map(({ protocol, port, endPort }) => [
        protocol,
        port,
        endPort,
      ])
    expect(ports('allow-session-router-to-sfu')).toEqual([['TCP', 7880, undefined]])
    expect(ports('allow-recording-to-sfu')).toEqual([
      ['TCP', 7880, undefined],
      ['TCP', 7881, undefined],
      ['UDP', 50_000, 60_000],
    ])
  })

  test('an edge opens nothing towards tiers that it does not have', () => {
    const [media, ...others] = planRegion(platform, 'edge-sa').tiers
    expect(others).toEqual([])
    expect(media?.networkPolicies.map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'allow-dns'])
  })
})
