import { z } from 'zod'
import { priorityNames } from './gpu.ts'
import { resources, shapeNames } from './pool.ts'
import { count, duration, positive } from './scalars.ts'

export const workloadNames = [
  'conductor',
  'session-router',
  'recording',
  'fallback-speech',
  'notification',
  'batch',
] as const
export type WorkloadName = (typeof workloadNames)[number]

/** Part of the platform that belongs to no row of the trigger table: no scaling rule of its own. */
export const workload = z.strictObject({
  image: z.string().min(1).optional().describe('container image; no default outside `local`'),
  nodeShape: z.enum(shapeNames).describe('the node shape that it runs on'),
  instances: z
    .strictObject({
      minimum: count.describe('instances kept running; 0 for work that is started on demand'),
      maximum: positive.describe('never more'),
    })
    .describe('how many there may be'),
  priority: z.enum(priorityNames).describe('GPU request class that its work belongs to'),
  resources: resources.describe('what one instance takes'),
  port: z.int().min(1).max(65535).describe('port that serves and is probed'),
  startup: duration.describe('from the start of the container to ready; simulated in the sandbox'),
  terminationGrace: duration.describe('how long a stopping instance may finish what it holds'),
})

export const workloads = z.strictObject({
  conductor: workload.describe('leads the interview: keeps its context, asks the LLM, chooses fallbacks'),
  'session-router': workload.describe('assigns sessions to SFU servers by consistent hash'),
  recording: workload.describe('records sessions and marks gaps'),
  'fallback-speech': workload.describe('second ASR and TTS, for when a circuit breaker is open'),
  notification: workload.describe('tells candidates about interruptions and new slots'),
  batch: workload.describe('batch analytics and training, at the lowest priority'),
})
