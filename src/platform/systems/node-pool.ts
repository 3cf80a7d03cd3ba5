import { labels } from '../../names.ts'
import type { ShapeName } from '../../spec/schema/pool.ts'
import { instancesPerNode, takesWholeNode, type Tenant } from '../capacity.ts'
import { milli } from '../canonical.ts'
import { legal } from '../names.ts'
import { shapeTaint } from '../rules/shape-taint.ts'
import { poolsOfRole, workloadsOfRole } from '../tiers.ts'
import { type WorkName, workOf } from '../work.ts'
import type { CapacityBuffer, DisruptionBudget, NodePool } from './kinds/karpenter.ts'
import { type SystemContext, type SystemName, systemMetadata } from './system-plan.ts'

export interface NodePoolRequest {
  system: SystemName
  shape: ShapeName
  /** Added to the name where a shape has several pools: `spot`. */
  variant?: string
  capacityTypes: readonly ('on-demand' | 'reserved' | 'spot')[]
  /** Machines at most. */
  nodes: number
  weight?: number
  consolidateAfter: string
  budgets: DisruptionBudget[]
  /** A machine is only forced after this, above every grace of its pods. In seconds. */
  graceSeconds: number
}

/**
 * Machines of one shape, made when pods wait for them and given back when they are empty, and never because they are
 * old or could be packed better: what runs on them is a conversation.
 */
export function nodePool(context: SystemContext, request: NodePoolRequest): NodePool {
  const { platform, identity } = context
  const { nodeShapes, provisioning, regions } = platform.specification
  const { shape, nodes } = request
  const { cpu, gpus, instanceTypes } = nodeShapes[shape]
  const name = legal(identity.platform, shape, ...(request.variant ? [request.variant] : []))
  const requirement = (key: string, values: readonly string[]) => ({
    key,
    operator: 'In' as const,
    values: [...values],
  })
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: systemMetadata(context, request.system, { name }),
    spec: {
      ...(request.weight === undefined ? {} : { weight: request.weight }),
      limits:
        gpus > 0
          ? { 'nvidia.com/gpu': String(nodes * gpus) }
          : { cpu: milli(Math.ceil(nodes * cpu.amount * 1000)) },
      disruption: {
        consolidationPolicy: 'WhenEmpty',
        consolidateAfter: request.consolidateAfter,
        budgets: request.budgets,
      },
      template: {
        metadata: { labels: { [labels.shape]: shape, [labels.region]: identity.region } },
        spec: {
          expireAfter: 'Never',
          terminationGracePeriod: `${request.graceSeconds}s`,
          nodeClassRef: { group: provisioning.nodeClassGroup, kind: provisioning.nodeClassKind, name },
          requirements: [
            requirement('karpenter.sh/capacity-type', request.capacityTypes),
            requirement('kubernetes.io/arch', ['amd64']),
            requirement('topology.kubernetes.io/zone', regions[identity.region]?.zones ?? []),
            ...(instanceTypes ? [requirement('node.kubernetes.io/instance-type', instanceTypes)] : []),
          ],
          taints: [...shapeTaint(shape)],
        },
      },
    },
  }
}

/** Machines of a shape when everything on it is at its maximum and rolls over to a new revision. */
export function mostNodes({ platform, identity }: SystemContext, shape: ShapeName): number {
  const { nodeShapes } = platform.specification
  const names: WorkName[] = [...poolsOfRole(identity.role), ...workloadsOfRole(identity.role)]
  const tenants = names
    .map((name): Tenant => ({ name, pool: workOf(platform.specification, name) }))
    .filter(({ pool }) => pool.nodeShape === shape)
  const most = (of: readonly Tenant[]) => of.reduce((sum, { pool }) => sum + pool.instances.maximum, 0)
  const whole = tenants.filter(({ name, pool }) => takesWholeNode(name, pool))
  const sharing = tenants.filter((tenant) => !whole.includes(tenant))
  const shared =
    sharing.length === 0
      ? 0
      : Math.ceil((1.25 * most(sharing)) / instancesPerNode(sharing, nodeShapes[shape]))
  return most(whole) + shared + nodeShapes[shape].spare
}

/** Room for one more instance before it is asked for: a new one would wait for a machine first. */
export function capacityBuffer(
  context: SystemContext,
  system: SystemName,
  { workload, namespace, instances }: { workload: string; namespace: string; instances: number },
): CapacityBuffer {
  return {
    apiVersion: 'autoscaling.x-k8s.io/v1beta1',
    kind: 'CapacityBuffer',
    metadata: systemMetadata(context, system, { name: workload, namespace }),
    spec: {
      scalableRef: { apiGroup: 'apps', kind: 'Deployment', name: workload },
      replicas: instances,
      provisioningStrategy: 'buffer.x-k8s.io/active-capacity',
    },
  }
}
