import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardOf } from '../../../src/capacity/fit/board.ts'
import { isEligible } from '../../../src/capacity/fit/filters.ts'
import { place } from '../../../src/capacity/fit/place.ts'
import { Quotas } from '../../../src/capacity/fit/quota.ts'
import { fitCase } from '../../campaign/fit-case.ts'
import { reasonsIn } from '../../campaign/fit-run.ts'
import { podOf } from '../../../src/snapshot/pod-of.ts'
import { nodeLike, podLike, regionLike } from './support.ts'

describe('one pod on one node', () => {
  it.each([
    ['a cordon', nodeLike({ unschedulable: true }), podLike(), 'node is cordoned'],
    [
      'a taint',
      nodeLike({ taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }),
      podLike(),
      'untolerated taint',
    ],
    ['a selector', nodeLike(), podLike({ nodeSelector: { shape: 'media' } }), 'node selector or affinity'],
    ['too few cores', nodeLike(), podLike({ requests: { cpu: 4001 } }), 'insufficient cpu'],
    [
      'no GPU at all',
      nodeLike(),
      podLike({ requests: { 'nvidia.com/gpu': 1 } }),
      'insufficient nvidia.com/gpu',
    ],
    [
      'too many pods',
      nodeLike({ allocatable: { cpu: 4000, memory: 1e9, pods: 0 } }),
      podLike(),
      'too many pods',
    ],
  ])('is kept off by %s', (...[, node, pod, reason]) => {
    const { unplaced } = place(boardOf(regionLike({ nodes: [node] })), [pod])
    expect(unplaced.map(({ first }) => first)).toEqual([reason])
  })

  it.each([
    [
      'a taint that only prefers',
      nodeLike({ taints: [{ key: 'a', effect: 'PreferNoSchedule' }] }),
      podLike(),
    ],
    [
      'a taint that is tolerated',
      nodeLike({ taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }),
      podLike({ tolerations: [{ key: 'a', operator: 'Exists' }] }),
    ],
    ['exactly as much as there is', nodeLike(), podLike({ requests: { cpu: 4000, memory: 8 * 2 ** 30 } })],
    [
      'a required affinity that one term meets',
      nodeLike({ labels: { size: '9' } }),
      podLike({
        nodeTerms: [
          { matchExpressions: [{ key: 'size', operator: 'Gt', values: ['10'] }] },
          { matchExpressions: [{ key: 'size', operator: 'In', values: ['9'] }] },
        ],
      }),
    ],
  ])('is placed with %s', (_, node, pod) => {
    expect(place(boardOf(regionLike({ nodes: [node] })), [pod]).placed).toHaveLength(1)
  })
})

describe('several pods', () => {
  const nodes = ['a', 'b', 'c'].map((name) =>
    nodeLike({ name, labels: { 'kubernetes.io/hostname': name, zone: name === 'c' ? 'two' : 'one' } }),
  )

  it('keep apart where they must, and say so', () => {
    const apart = [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } }]
    const pods = Array.from({ length: 4 }, () => podLike({ labels: { app: 'x' }, antiAffinity: apart }))
    const { placed, unplaced } = place(boardOf(regionLike({ nodes })), pods)
    expect(new Set(placed.map(({ node }) => node)).size).toBe(3)
    expect(unplaced.map(({ first }) => first)).toEqual(['pod anti-affinity'])
  })

  it('are spread over zones, and tried again once others are placed', () => {
    const spread = [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'x' } },
      },
    ]
    const pods = Array.from({ length: 6 }, () =>
      podLike({ labels: { app: 'x' }, spread, requests: { cpu: 2000 } }),
    )
    const { placed, unplaced } = place(boardOf(regionLike({ nodes })), pods)
    // Zone two has room for two, so zone one may have three.
    expect(placed).toHaveLength(5)
    expect(unplaced.map(({ reasons }) => reasons)).toEqual([{ 'insufficient cpu': 2, 'topology spread': 1 }])
  })
})

describe('any case', () => {
  it('places no pod on a node that may not have it, and never more than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
        const { nodes, running, added } = fitCase(seed)
        const region = regionLike({
          nodes: nodes.map(({ metadata, spec, status }) =>
            nodeLike({
              name: metadata.name,
              labels: metadata.labels,
              taints: spec.taints,
              unschedulable: spec.unschedulable ?? false,
              allocatable: amountsIn(status.allocatable),
            }),
          ),
          pods: running.map(podOf),
        })
        const board = boardOf(region)
        const { placed, unplaced } = place(board, added.map(podOf))
        expect(placed.length + unplaced.length).toBe(added.length)
        const wrong = placed.filter(({ pod, node }) => {
          const seat = board.find((one) => one.node.name === node)
          return !seat || !isEligible(pod, seat)
        })
        // What was put there by hand may be more than there is; what is placed adds nothing to that.
        const taking = new Set(placed.map(({ node }) => node))
        const over = board
          .filter(({ node }) => taking.has(node.name))
          .flatMap(({ node, used }) =>
            Object.entries(used).filter(([name, amount]) => amount > (node.allocatable[name] ?? 0)),
          )
        expect([wrong, over]).toEqual([[], []])
      }),
      { numRuns: 60 },
    )
  })
})

function amountsIn(given: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => [
      name,
      name === 'cpu'
        ? Number(text) * 1000
        : text.endsWith('Gi')
          ? Number(text.slice(0, -2)) * 2 ** 30
          : Number(text),
    ]),
  )
}

describe('a quota', () => {
  const quota = {
    namespace: 'default',
    name: 'most',
    hard: { pods: 10, 'requests.cpu': 1000 },
    used: { pods: 8, 'requests.cpu': 0 },
  }

  it('refuses the pod that would pass it, and says which entry', () => {
    const quotas = new Quotas([quota])
    const pod = podLike({ requests: { cpu: 400 } })
    expect([quotas.admit(pod), quotas.admit(pod)]).toEqual([undefined, undefined])
    expect(quotas.admit(podLike({ requests: {} }))).toBe('quota most: pods')
  })

  it('is about its own namespace and its own resources', () => {
    const quotas = new Quotas([quota])
    expect(quotas.admit(podLike({ namespace: 'other', requests: { cpu: 9000 } }))).toBeUndefined()
    expect(quotas.admit(podLike({ requests: { cpu: 1001 } }))).toBe('quota most: requests.cpu')
  })
})

describe("the scheduler's words", () => {
  it('are counted by reason, without what they say of preemption', () => {
    const message =
      "0/9 nodes are available: 1 Insufficient cpu, 2 Insufficient nvidia.com/gpu, 2 node(s) didn't match Pod's node affinity/selector, 4 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/9 nodes are available: 9 Preemption is not helpful for scheduling."
    expect(reasonsIn(message)).toEqual({
      'insufficient cpu': 1,
      'insufficient nvidia.com/gpu': 2,
      'node selector or affinity': 2,
      'untolerated taint': 4,
    })
  })
})
