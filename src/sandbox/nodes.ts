import { createHash } from 'node:crypto'
import type { NodePlan } from '../platform/region-plan.ts'
import { expectSuccess, type SandboxClient } from './client.ts'

/** On the nodes that the sandbox itself made: digest of their plan. Others (an autoscaler's) are left alone. */
const planAnnotation = 'iv.dev/node-plan'
const kwokAnnotation = { 'kwok.x-k8s.io/node': 'fake' }
/** Taints under this prefix come and go with the node's health; they are not part of a plan. */
const systemTaintPrefix = 'node.kubernetes.io/'

interface Taint {
  key: string
  value?: string
  effect: string
}

export interface LiveNode {
  metadata: { name: string; annotations?: Record<string, string> }
  spec?: { taints?: Taint[] }
  status?: { conditions?: { type: string; status: string }[] }
}

export async function listNodes(client: SandboxClient): Promise<LiveNode[]> {
  const answer = await expectSuccess(client, { method: 'GET', path: '/api/v1/nodes' })
  return answer['items'] as LiveNode[]
}

/** Ready, and the scheduler may know it: the controller has taken away the taint that every new node bears. */
export function isReady({ spec, status }: LiveNode): boolean {
  const healthy = status?.conditions?.some(
    (condition) => condition.type === 'Ready' && condition.status === 'True',
  )
  return healthy === true && !(spec?.taints ?? []).some(({ key }) => key === `${systemTaintPrefix}not-ready`)
}

/** Makes the region's simulated nodes what the plan says: creates, changes and removes, all at once. */
export async function reconcileNodes(
  client: SandboxClient,
  plans: readonly NodePlan[],
  addressRange: string,
): Promise<void> {
  const live = new Map((await listNodes(client)).map((node) => [node.metadata.name, node]))
  const wanted = new Set(plans.map((plan) => plan.name))
  const surplus = [...live.values()].filter(
    ({ metadata }) => metadata.annotations?.[planAnnotation] !== undefined && !wanted.has(metadata.name),
  )
  await Promise.all([
    ...plans.map((plan, index) => {
      const address = addressOf(addressRange, index)
      const node = live.get(plan.name)
      return node ? changeNode(client, { plan, node }) : createNode(client, { plan, address })
    }),
    ...surplus.map(({ metadata }) =>
      expectSuccess(client, { method: 'DELETE', path: `/api/v1/nodes/${metadata.name}` }),
    ),
  ])
}

async function createNode(client: SandboxClient, input: { plan: NodePlan; address: string }): Promise<void> {
  const { plan, address } = input
  await expectSuccess(client, {
    method: 'POST',
    path: '/api/v1/nodes',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: plan.name, labels: plan.labels, annotations: annotationsOf(plan) },
      spec: { taints: plan.taints },
      status: {
        capacity: plan.capacity,
        allocatable: plan.capacity,
        addresses: [
          { type: 'InternalIP', address },
          { type: 'Hostname', address: plan.name },
        ],
        nodeInfo: nodeInfo(plan),
      },
    },
  })
}

/** Nothing is written to a node whose plan did not change: its health, cordons and extra labels are not ours. */
async function changeNode(client: SandboxClient, input: { plan: NodePlan; node: LiveNode }): Promise<void> {
  const { plan, node } = input
  const annotations = annotationsOf(plan)
  if (node.metadata.annotations?.[planAnnotation] === annotations[planAnnotation]) return
  const path = `/api/v1/nodes/${plan.name}`
  const kept = (node.spec?.taints ?? []).filter(({ key }) => key.startsWith(systemTaintPrefix))
  const contentType = 'application/merge-patch+json'
  await expectSuccess(client, {
    method: 'PATCH',
    path: `${path}/status`,
    contentType,
    body: { status: { capacity: plan.capacity, allocatable: plan.capacity } },
  })
  await expectSuccess(client, {
    method: 'PATCH',
    path,
    contentType,
    body: { metadata: { labels: plan.labels, annotations }, spec: { taints: [...plan.taints, ...kept] } },
  })
}

function annotationsOf(plan: NodePlan): Record<string, string> {
  const digest = createHash('sha256')
    .update(JSON.stringify([plan.labels, plan.taints, plan.capacity]))
    .digest('hex')
  return { ...kwokAnnotation, [planAnnotation]: digest.slice(0, 16) }
}

function nodeInfo(plan: NodePlan): Record<string, string> {
  return {
    architecture: 'amd64',
    operatingSystem: 'linux',
    osImage: 'simulated',
    kernelVersion: 'simulated',
    kubeletVersion: 'kwok',
    kubeProxyVersion: 'kwok',
    containerRuntimeVersion: 'kwok://simulated',
    bootID: plan.name,
    machineID: plan.name,
    systemUUID: plan.name,
  }
}

/** `10.64.0.0/16` and 0 give `10.64.0.1`. */
function addressOf(range: string, index: number): string {
  const [first = '10', second = '64'] = range.split('.')
  return `${first}.${second}.${Math.floor((index + 1) / 256) % 256}.${(index + 1) % 256}`
}
