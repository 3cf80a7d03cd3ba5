import { z } from 'zod'
import { count, duration } from './scalars.ts'

export const priorityNames = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const
export type PriorityName = (typeof priorityNames)[number]

/** One class of GPU requests. */
export const priority = z.strictObject({
  useCase: z.string().min(1).describe('what belongs to this class'),
  maxWait: duration.describe('longest that a request of this class may wait for a GPU'),
  preemption: z.boolean().describe('whether it may displace lower classes'),
  evictable: z
    .boolean()
    .optional()
    .describe('whether its running requests may be ended for a class that preempts'),
  classValue: z.int().min(0).max(1_000_000_000).describe('value of the Kubernetes PriorityClass'),
})

export type Priority = z.output<typeof priority>

export const priorities = z.strictObject({
  CRITICAL: priority.describe('a candidate is waiting'),
  HIGH: priority.describe('an interview needs it next'),
  MEDIUM: priority.describe('after the interview'),
  LOW: priority.describe('whenever there is room'),
})

const requestClass = z.enum(priorityNames)

/** How GPUs are shared: the class of each kind of request, and how a pool's GPUs are set aside. */
export const gpu = z.strictObject({
  requests: z
    .strictObject({
      'active-response': requestClass.describe('the answer a candidate is waiting for'),
      'question-generation': requestClass.describe('the next interview question'),
      'follow-up-generation': requestClass.describe('a follow-up question'),
      'evaluation-scoring': requestClass.describe('scoring after the interview'),
      'batch-evaluation': requestClass.describe('evaluation in batches'),
    })
    .describe('class of each kind of request'),
  nodeInterviews: z.number().positive().optional().describe('interviews that one GPU node carries'),
  partition: z
    .strictObject({
      realTimeGpus: count.describe('of every four GPUs, kept for real-time classes'),
      mixedGpus: count.describe('of every four GPUs, open to every class'),
      batchGpus: count.describe('of every four GPUs, kept for batch work'),
      lendOnRegionLoss: z
        .boolean()
        .optional()
        .describe('whether all GPUs serve interviews while a region is lost'),
    })
    .describe('how every four GPUs are set aside'),
})
