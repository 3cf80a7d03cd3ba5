import { labels } from '../names.ts'
import type { NodeShape, ShapeName } from '../spec/schema/pool.ts'
import { canonical } from './canonical.ts'
import { nodeName } from './names.ts'
import type { NodePlan, RegionIdentity } from './region-plan.ts'
import { shapeTaint } from './rules/shape-taint.ts'

export interface NodeRequest {
  identity: RegionIdentity
  name: ShapeName
  shape: NodeShape
  zone: string
  /** Counts from 0 within the shape. */
  index: number
}

/** One machine, with the labels that Kubernetes itself would give it and the shape that pools ask for. */
export function nodePlan({ identity, name, shape, zone, index }: NodeRequest): NodePlan {
  const hostname = nodeName(identity.region, name, index)
  const gpus: Record<string, string> = shape.gpus > 0 ? { 'nvidia.com/gpu': String(shape.gpus) } : {}
  return {
    name: hostname,
    shape: name,
    zone,
    labels: {
      [labels.shape]: name,
      [labels.region]: identity.region,
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': hostname,
      'kubernetes.io/os': 'linux',
      'node.kubernetes.io/instance-type': name,
      'topology.kubernetes.io/region': identity.region,
      'topology.kubernetes.io/zone': zone,
    },
    taints: shapeTaint(name),
    capacity: {
      cpu: canonical(shape.cpu),
      memory: canonical(shape.memory),
      pods: String(shape.maxPods),
      ...gpus,
    },
  }
}
