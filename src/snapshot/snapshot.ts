import { z } from 'zod'

const text = z.string()
const names = z.record(text, text)
/** Cores in thousandths as `cpu`, bytes as `memory`, `pods`, and further resources such as `nvidia.com/gpu`. */
const amounts = z.record(text, z.number().nonnegative())

const requirement = z.object({
  key: text,
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(text).optional(),
})

const selector = z.object({
  matchLabels: names.optional(),
  matchExpressions: z.array(requirement).optional(),
})

const taint = z.object({ key: text, value: text.optional(), effect: text })
const toleration = z.object({
  key: text.optional(),
  operator: text.optional(),
  value: text.optional(),
  effect: text.optional(),
})

const node = z.object({
  name: text,
  ready: z.boolean(),
  unschedulable: z.boolean(),
  labels: names,
  taints: z.array(taint),
  allocatable: amounts,
})

const nodeTerm = z.object({
  matchExpressions: z.array(requirement).optional(),
  matchFields: z.array(requirement).optional(),
})

const antiAffinity = z.object({
  topologyKey: text,
  labelSelector: selector.optional(),
  namespaces: z.array(text).optional(),
})

const spread = z.object({
  maxSkew: z.number(),
  topologyKey: text,
  whenUnsatisfiable: text,
  labelSelector: selector.optional(),
  matchLabelKeys: z.array(text).optional(),
  minDomains: z.number().optional(),
  nodeAffinityPolicy: text.optional(),
  nodeTaintsPolicy: text.optional(),
})

const pod = z.object({
  namespace: text,
  name: text,
  /** Null while no node has it. */
  node: text.nullable(),
  phase: text,
  owner: text.nullable(),
  labels: names,
  priority: z.number(),
  requests: amounts,
  nodeSelector: names,
  /** Any of these terms. Empty where the pod has no required node affinity. */
  nodeTerms: z.array(nodeTerm),
  tolerations: z.array(toleration),
  spread: z.array(spread),
  antiAffinity: z.array(antiAffinity),
  /** `TCP 7880`: ports of the host. */
  hostPorts: z.array(text),
})

const budget = z.object({ namespace: text, name: text, selector: selector.optional(), allowed: z.number() })
const quota = z.object({ namespace: text, name: text, hard: amounts, used: amounts })

export const regionSnapshot = z.object({
  region: text,
  version: text,
  nodes: z.array(node),
  pods: z.array(pod),
  budgets: z.array(budget),
  quotas: z.array(quota),
})

/** What a cluster has and what runs on it, without anything that is secret. Unknown fields are left out on reading. */
export const snapshot = z.object({
  apiVersion: z.literal('iv/v1'),
  kind: z.literal('Snapshot'),
  takenAt: text,
  environment: text,
  /** Whether nodes bear their own names, or `node-1` and so on. */
  hostnames: z.boolean(),
  regions: z.array(regionSnapshot),
  /** SHA-256 over everything else. */
  digest: text,
})

export type Amounts = z.output<typeof amounts>
export type Requirement = z.output<typeof requirement>
export type LabelSelector = z.output<typeof selector>
export type Taint = z.output<typeof taint>
export type Toleration = z.output<typeof toleration>
export type NodeTerm = z.output<typeof nodeTerm>
export type SnapshotNode = z.output<typeof node>
export type SnapshotPod = z.output<typeof pod>
export type SnapshotQuota = z.output<typeof quota>
export type RegionSnapshot = z.output<typeof regionSnapshot>
export type Snapshot = z.output<typeof snapshot>
