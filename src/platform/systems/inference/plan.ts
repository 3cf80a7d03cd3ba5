import { callers, requestPrioritiesName } from '../../rules/policy-files.ts'
import { poolsOfRole } from '../../tiers.ts'
import { configMap } from '../config-map.ts'
import { mostNodes, nodePool } from '../node-pool.ts'
import { scaledObject } from '../scaled-object.ts'
import type { SystemContext, SystemPlan } from '../system-plan.ts'
import { routerDoors } from './doors.ts'
import { inferenceFidelity } from './fidelity.ts'
import { partitionFindings } from './partition.ts'
import { requestPriorities } from './priorities.ts'
import { gpuQueues } from './queues.ts'
import { requestRouter } from './router.ts'

/** The GPUs that the language model runs on, and who may use them when. */
export function planInference(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!poolsOfRole(identity.role).includes('llm')) return undefined
  const document = { 'priorities.json': requestPriorities(platform.specification) }
  const scaler = scaledObject(context, 'inference', 'llm')
  const objects = [
    gpuNodes(context),
    ...gpuQueues(context),
    ...requestRouter(context),
    ...routerDoors(context),
    ...callers
      .filter((name) => name !== 'batch')
      .map((reader) =>
        configMap(context, { system: 'inference', name: requestPrioritiesName, reader }, document),
      ),
    scaler,
  ]
  return {
    name: 'inference',
    component: 'iv:system:Inference',
    objects,
    fidelity: inferenceFidelity(context, scaler),
    findings: partitionFindings(platform.specification),
  }
}

/** Ten minutes above the grace of a replica. */
const forceAfterSeconds = 600

/** Machines of eight GPUs: paid by reservation where there is one, and never exchanged during the hours of interviews. */
function gpuNodes(context: SystemContext) {
  const { llm } = context.platform.specification.pools
  return nodePool(context, {
    system: 'inference',
    shape: llm.nodeShape,
    capacityTypes: ['reserved', 'on-demand'],
    nodes: mostNodes(context, llm.nodeShape),
    consolidateAfter: '10m',
    budgets: [
      { nodes: '0', reasons: ['Drifted'], schedule: '0 6 * * mon-fri', duration: '16h' },
      { nodes: '1' },
    ],
    graceSeconds: llm.terminationGrace.secondsCeil + forceAfterSeconds,
  })
}
