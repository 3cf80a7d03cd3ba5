import type { PlatformObject } from '../kubernetes.ts'
import { poolsOfRole } from '../tiers.ts'
import { instancesPerNode } from '../capacity.ts'
import type { NodePool } from './kinds/karpenter.ts'
import { mostNodes, nodePool } from './node-pool.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import { idOf, type SystemContext, type SystemPlan } from './system-plan.ts'

/** Evaluation scales on the interviews that wait to be scored, on machines that may be taken away above a floor. */
export function planEvaluation(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('evaluation')) return undefined
  const scaler = scaledObject(context, 'evaluation', 'evaluation')
  const floor = evaluationNodes(context, 'floor')
  const spot = evaluationNodes(context, 'spot')
  return {
    name: 'evaluation',
    component: 'iv:system:Evaluation',
    objects: [floor, spot, scaler],
    fidelity: [
      scalingFidelity(context, { row: 'Eval Workers', pool: 'evaluation', object: scaler }),
      {
        demand: 'Cost Optimization Strategies: Spot instances for eval',
        carried: 'approximated',
        objects: [floor, spot].map((object: PlatformObject) => idOf(object)),
        reason:
          'the first machines are on demand, as many as the minimum needs, all others spot; which instance a scale-in takes is the ReplicaSet’s choice. What that saves is the capacity plan’s business, and no promise',
      },
    ],
    findings: [],
  }
}

/** Below the two minutes that a cloud gives before it takes a spot machine back. */
const spotNoticeSeconds = 120

/**
 * The floor is asked first and ends at the machines that the minimum needs; what comes after is spot, of whatever
 * size is to be had.
 */
function evaluationNodes(context: SystemContext, variant: 'floor' | 'spot'): NodePool {
  const { specification } = context.platform
  const { evaluation } = specification.pools
  const shape = specification.nodeShapes[evaluation.nodeShape]
  const perNode = instancesPerNode([{ name: 'evaluation', pool: evaluation }], shape)
  const isFloor = variant === 'floor'
  return nodePool(context, {
    system: 'evaluation',
    shape: evaluation.nodeShape,
    variant,
    capacityTypes: isFloor ? ['on-demand'] : ['spot'],
    nodes: isFloor
      ? Math.ceil(evaluation.instances.minimum / perNode)
      : mostNodes(context, evaluation.nodeShape),
    weight: isFloor ? 100 : 10,
    consolidateAfter: '5m',
    budgets: [{ nodes: '10%' }],
    graceSeconds: Math.max(spotNoticeSeconds, evaluation.terminationGrace.secondsCeil),
  })
}
