import { z } from 'zod'
import { count, duration, positive, quantity } from './scalars.ts'

export const poolNames = ['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api'] as const
export type PoolName = (typeof poolNames)[number]

export const shapeNames = ['media', 'speech', 'gpu-8', 'evaluation', 'general'] as const
export type ShapeName = (typeof shapeNames)[number]

export const resources = z.strictObject({
  cpu: quantity.describe('requested cores'),
  memory: quantity.describe('requested and limiting memory'),
  cpuLimit: quantity
    .optional()
    .describe('limit on cores; left out where throttling would hurt real-time work'),
  gpus: count.describe('whole GPUs, requested and limited alike'),
})

const metric = z.enum(['sessions', 'queueDepth', 'gpuUtilization', 'cpuUtilization'])

export const trigger = z.strictObject({
  metric: metric.describe('what is measured'),
  scope: z
    .enum(['pool', 'perReplica'])
    .describe('perReplica divides by the number of replicas, pool takes the value as it is'),
  scaleOut: z.number().positive().describe('scale out above this value'),
  scaleIn: z.number().nonnegative().describe('scale in below this value'),
  besides: z
    .strictObject({
      metric: metric.describe('what is measured as well'),
      scaleOut: z.number().positive().describe('scale out above this value, whatever the first metric says'),
      scaleIn: z.number().nonnegative().describe('scale in only if it is below this value too'),
    })
    .optional()
    .describe('a second metric, where the first alone misleads'),
})

/** A tier with its own nodes and scaling rule. */
export const pool = z.strictObject({
  image: z.string().min(1).optional().describe('container image; no default outside `local`'),
  nodeShape: z.enum(shapeNames).describe('the node shape that this pool runs on, and only on'),
  instances: z
    .strictObject({
      minimum: positive.describe('never fewer; set once after creation, then the autoscaler owns the count'),
      maximum: positive.describe('never more'),
    })
    .describe('how many there may be'),
  trigger: trigger.describe('when it grows and shrinks'),
  resources: resources.describe('what one instance takes'),
  port: z.int().min(1).max(65535).describe('port that serves and is probed'),
  startup: duration.describe('from the start of the container to ready; simulated in the sandbox'),
  terminationGrace: duration.describe('how long a stopping instance may finish what it holds'),
  maxUnavailable: positive.describe('instances that a voluntary disruption may take at once'),
})

export type Pool = z.output<typeof pool>
export type Trigger = z.output<typeof trigger>
export type Resources = z.output<typeof resources>

/** A kind of machine that a pool asks for. */
export const nodeShape = z.strictObject({
  cpu: quantity.describe('cores of one node'),
  memory: quantity.describe('memory of one node'),
  gpus: count.describe('GPUs of one node'),
  gpuModel: z.string().optional().describe('what kind of GPU'),
  instanceTypes: z
    .array(z.string().min(1))
    .optional()
    .describe('cloud machines that a node pool may take; any of that size if left out'),
  maxPods: positive.describe('pods that one node takes at most'),
  spare: count.describe('idle nodes kept beside the ones in use, per region'),
  maximum: positive.optional().describe('most nodes in one region; no limit where it is left out'),
})

export type NodeShape = z.output<typeof nodeShape>
