import { setTimeout as sleep } from 'node:timers/promises'
import { boardOf } from '../../src/capacity/fit/board.ts'
import { firstReason, place, type Placement } from '../../src/capacity/fit/place.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { type LivePod, podOf } from '../../src/snapshot/pod-of.ts'
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts'
import { takeRegion } from '../../src/snapshot/take.ts'
import { caseLabel, drawing, type FitCase } from './fit-case.ts'

export interface Verdict {
  fits: boolean
  placed: number
  /** Of the first pod that found no node. */
  first: string | null
}

export interface Outcome {
  id: string
  model: Verdict
  scheduler: Verdict
  agrees: boolean
  /** Where they differ: the scheduler's own words, and how many of 200 drawings of the model end as it did. */
  message: string | null
  drawnAlike: number | null
}

interface Scheduled extends LivePod {
  status: {
    phase?: string
    conditions?: { type: string; status: string; reason?: string; message?: string }[]
  }
}

/** Puts several cases into one cluster at once; each has nodes that only its own pods may use. */
export async function runCases(cluster: Cluster, cases: readonly FitCase[]): Promise<Outcome[]> {
  await Promise.all(cases.flatMap(({ nodes }) => nodes.map((node) => post(cluster, '/api/v1/nodes', node))))
  await until(async () => {
    const { nodes } = await takeRegion(cluster, 'fit')
    const ours = nodes.filter(({ labels }) => labels[caseLabel] !== undefined)
    return ours.every(
      ({ ready, taints }) => ready && !taints.some(({ key }) => key === 'node.kubernetes.io/not-ready'),
    )
  })
  await Promise.all(cases.flatMap(({ running }) => running.map((pod) => post(cluster, podsPath, pod))))
  const snapshot = await takeRegion(cluster, 'fit')
  const predicted = cases.map(({ added }) => place(boardOf(snapshot), added.map(podOf)))
  await Promise.all(
    cases.map(async ({ added }) => {
      // One after another: the order of arrival is part of the case.
      for (const pod of added) await post(cluster, podsPath, pod)
    }),
  )
  const seen = await Promise.all(cases.map((one) => settled(cluster, one)))
  await clear(cluster, cases)
  return cases.map(({ id }, index) => {
    const [model, scheduler] = [predicted[index], seen[index]]
    if (!model || !scheduler) throw new Error(`${id} has no verdict`)
    const own = verdictOf(model)
    const { message, ...theirs } = scheduler
    const agrees = same(own, theirs)
    const drawnAlike = agrees ? null : drawnLike(theirs, { snapshot, added: cases[index]?.added ?? [] })
    return { id, model: own, scheduler: theirs, agrees, message: agrees ? null : message, drawnAlike }
  })
}

function verdictOf({ placed, unplaced: [unplaced] }: Placement): Verdict {
  return { fits: !unplaced, placed: placed.length, first: unplaced?.first ?? null }
}

function same(left: Verdict, right: Verdict): boolean {
  return left.fits === right.fits && left.placed === right.placed && left.first === right.first
}

/** The scheduler draws one of the nodes that it likes alike, and some cases end in more than one way. */
function drawnLike(
  wanted: Verdict,
  { snapshot, added }: { snapshot: RegionSnapshot; added: readonly LivePod[] },
): number {
  return Array.from({ length: 200 }, (_, seed) => {
    const draw = drawing(seed)
    return same(wanted, verdictOf(place(boardOf(snapshot), added.map(podOf), draw)))
  }).filter((alike) => alike).length
}

const podsPath = '/api/v1/namespaces/default/pods'

async function post(cluster: Cluster, path: string, body: object): Promise<void> {
  const { status, body: answer } = await cluster.request({ method: 'POST', path, body })
  if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)}`)
}

async function settled(
  cluster: Cluster,
  { id, added }: FitCase,
): Promise<Verdict & { message: string | null }> {
  const names = added.map(({ metadata }) => metadata.name)
  const spread = added.some(({ spec }) => (spec.topologySpreadConstraints ?? []).length > 0)
  let [before, since] = ['', performance.now()]
  let pods: Scheduled[] = []
  await until(async () => {
    const selector = encodeURIComponent(`${caseLabel}=${id}`)
    const { body } = await cluster.request({ method: 'GET', path: `${podsPath}?labelSelector=${selector}` })
    const byName = new Map((body['items'] as Scheduled[]).map((pod) => [pod.metadata.name, pod]))
    pods = names.flatMap((name) => byName.get(name) ?? [])
    const state = pods.map((pod) => (pod.spec.nodeName === undefined ? refusal(pod) : 'placed')).join('\n')
    if (state !== before) [before, since] = [state, performance.now()]
    const undecided = pods.some((pod) => pod.spec.nodeName === undefined && refusal(pod) === '')
    const waiting = pods.some((pod) => pod.spec.nodeName === undefined)
    // A pod that was kept off by a spread is tried again when others are placed, after a back-off of a second or more.
    const calm = waiting ? (spread ? 4000 : 800) : 0
    return pods.length === names.length && !undecided && performance.now() - since >= calm
  })
  const waiting = pods.filter((pod) => pod.spec.nodeName === undefined)
  const message = waiting[0] ? refusal(waiting[0]) : null
  return {
    fits: waiting.length === 0,
    placed: pods.length - waiting.length,
    first: message === null ? null : firstReason(reasonsIn(message)),
    message,
  }
}

function refusal({ status }: Scheduled): string {
  const condition = (status.conditions ?? []).find(({ type }) => type === 'PodScheduled')
  return condition?.reason === 'Unschedulable' ? (condition.message ?? '') : ''
}

const words: readonly (readonly [RegExp, string])[] = [
  [/were unschedulable/, 'node is cordoned'],
  [/taint/, 'untolerated taint'],
  [/node affinity\/selector/, 'node selector or affinity'],
  [/free ports/, 'host port taken'],
  [/topology spread/, 'topology spread'],
  [/anti-affinity/, 'pod anti-affinity'],
  [/^Too many pods/, 'too many pods'],
]

/** `0/9 nodes are available: 3 Insufficient cpu, 6 node(s) ...`, up to what it says of preemption. */
export function reasonsIn(message: string): Record<string, number> {
  const [, list = ''] =
    /nodes are available: (.*?)\.?(?: (?:no new claims|preemption:).*)?$/s.exec(message) ?? []
  const parts = list.split(/, (?=\d+ )/).flatMap((part) => {
    const [, count = '0', text = ''] = /^(\d+) (.*)$/s.exec(part.trim()) ?? []
    const known = words.find(([pattern]) => pattern.test(text))
    const short = /^Insufficient (\S+?)\.?$/.exec(text)
    const name = known?.[1] ?? (short ? `insufficient ${short[1]}` : text)
    return text === '' ? [] : [[name, Number(count)] as const]
  })
  return parts.reduce<Record<string, number>>(
    (sum, [name, count]) => ({ ...sum, [name]: (sum[name] ?? 0) + count }),
    {},
  )
}

async function clear(cluster: Cluster, cases: readonly FitCase[]): Promise<void> {
  const selector = `labelSelector=${encodeURIComponent(caseLabel)}`
  await cluster.request({
    method: 'DELETE',
    path: `${podsPath}?${selector}`,
    body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 },
  })
  const nodes = cases.flatMap((one) => one.nodes)
  await Promise.all(
    nodes.map(({ metadata }) =>
      cluster.request({ method: 'DELETE', path: `/api/v1/nodes/${metadata.name}` }),
    ),
  )
  await until(async () => {
    const { body } = await cluster.request({ method: 'GET', path: `${podsPath}?${selector}` })
    return (body['items'] as unknown[]).length === 0
  })
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error('did not settle in two minutes')
    await sleep(250)
  }
}
