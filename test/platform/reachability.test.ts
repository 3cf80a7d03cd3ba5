import { describe, expect, test } from 'vitest'
import type { NetworkPeer, NetworkPolicyObject } from '../../src/platform/kubernetes.ts'
import { workloadsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { RegionPlan, WorkloadPlan } from '../../src/platform/region-plan.ts'
import { flows } from '../../src/platform/rules/network/flows.ts'
import { workOf } from '../../src/platform/work.ts'
import { examplePlatform } from './example.ts'

/**
 * Who reaches whom by the policies alone: every pair, every port, both halves, as the API reference defines them. The
 * policies are read as a network plug-in reads them; how they were made is not asked.
 */

const platform = examplePlatform()
const plan = planRegion(platform, 'us-east')

interface Pod {
  name: string
  namespace: string
  labels: Record<string, string>
  /** On the host network it has the node's address, and no policy holds for it. */
  onHost: boolean
}

interface Call {
  from: Pod
  to: Pod
  protocol: 'TCP' | 'UDP'
  port: number
}

const pods = workloadsOf(plan).map(podOf)
const nodeAddress = [10, 0, 0, 7]

function podOf({ name, namespace, deployment }: WorkloadPlan): Pod {
  const { metadata, spec } = deployment.spec.template
  return { name, namespace, labels: metadata.labels, onHost: spec.hostNetwork === true }
}

function has(labels: Record<string, string>, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

function selecting(of: RegionPlan, pod: Pod, direction: 'Ingress' | 'Egress'): NetworkPolicyObject[] {
  return of.tiers
    .flatMap(({ networkPolicies }) => networkPolicies)
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.namespace &&
        spec.policyTypes.includes(direction) &&
        has(pod.labels, spec.podSelector.matchLabels),
    )
}

function isPeer(peer: NetworkPeer, pod: Pod, own: string): boolean {
  if (pod.onHost) return peer.ipBlock !== undefined && contains(peer.ipBlock.cidr, nodeAddress)
  if (peer.ipBlock) return false
  const inNamespace = peer.namespaceSelector
    ? has({ 'kubernetes.io/metadata.name': pod.namespace }, peer.namespaceSelector.matchLabels)
    : pod.namespace === own
  return inNamespace && has(pod.labels, peer.podSelector?.matchLabels)
}

function contains(cidr: string, address: readonly number[]): boolean {
  const [base = '', length = ''] = cidr.split('/')
  const bits = (parts: readonly number[]): string =>
    parts.map((part) => part.toString(2).padStart(8, '0')).join('')
  return bits(base.split('.').map(Number)).slice(0, Number(length)) === bits(address).slice(0, Number(length))
}

/** Not isolated, or let through by at least one rule. */
function passes(of: RegionPlan, call: Call, direction: 'Ingress' | 'Egress'): boolean {
  const [pod, other] = direction === 'Egress' ? [call.from, call.to] : [call.to, call.from]
  if (pod.onHost) return true
  const policies = selecting(of, pod, direction)
  if (policies.length === 0) return true
  const rules = policies.flatMap(({ spec }) =>
    direction === 'Egress'
      ? (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }))
      : (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })),
  )
  return rules.some(
    ({ peers, ports }) =>
      peers.some((peer) => isPeer(peer, other, pod.namespace)) &&
      ports.some(
        ({ protocol, port, endPort = port }) =>
          protocol === call.protocol && port <= call.port && call.port <= endPort,
      ),
  )
}

/** All that gets through, of every pair on every port that anything has. */
function reachable(of: RegionPlan): string[] {
  const ports = [
    ...new Set([
      22,
      53,
      443,
      3478,
      5349,
      6789,
      7881,
      7882,
      49_999,
      50_000,
      60_000,
      60_001,
      ...pods.map(({ name }) => portOf(name)),
    ]),
  ]
  const protocols = ['TCP', 'UDP'] as const
  const pairs = pods.flatMap((from) => pods.filter((to) => to !== from).map((to) => ({ from, to })))
  return pairs
    .flatMap((pair) =>
      protocols.flatMap((protocol) => ports.map((port): Call => ({ ...pair, protocol, port }))),
    )
    .filter((call) => passes(of, call, 'Egress') && passes(of, call, 'Ingress'))
    .map(({ from, to, protocol, port }) => `${from.name} > ${to.name} ${protocol} ${port}`)
    .toSorted()
}

function portOf(name: string): number {
  return workOf(platform.specification, name as Parameters<typeof workOf>[1]).port
}

const declared = flows.map(({ from, to }) => `${from} > ${to} TCP ${portOf(to)}`)

/** What names nodes and not pods, because SFU servers have no address of their own. */
const overNodes = [
  'recording > sfu TCP 7880',
  'recording > sfu TCP 7881',
  'recording > sfu UDP 50000',
  'recording > sfu UDP 60000',
  'session-router > sfu TCP 7880',
  'sfu > asr TCP 8081',
]

describe('what the policies let through', () => {
  test('is the declared graph, on the called port and no other', () => {
    expect(reachable(plan)).toEqual([...declared, ...overNodes].toSorted())
  })

  test('needs both halves of every flow: without any one policy that names it, it is closed', () => {
    const named = plan.tiers
      .flatMap(({ networkPolicies }) => networkPolicies)
      .filter(({ metadata }) => /^allow-(?!dns|gateway)/.test(metadata.name))
    expect(named.length).toBeGreaterThan(declared.length)
    const whole = reachable(plan).length
    for (const policy of named) {
      const tiers = plan.tiers.map((tier) => ({
        ...tier,
        networkPolicies: tier.networkPolicies.filter((each) => each !== policy),
      }))
      expect([policy.metadata.name, reachable({ ...plan, tiers }).length]).not.toEqual([
        policy.metadata.name,
        whole,
      ])
    }
  })

  test('is much more without the closed door of every namespace', () => {
    const tiers = plan.tiers.map((tier) => ({ ...tier, networkPolicies: [] }))
    expect(reachable({ ...plan, tiers }).length).toBeGreaterThan(1000)
  })
})
