import { z } from 'zod'
import { affinity, sessions } from './affinity.ts'
import { costStrategies, growth, milestones } from './capacity.ts'
import { degradation } from './degradation.ts'
import { gates, gitops } from './delivery.ts'
import { gpu, priorities } from './gpu.ts'
import { nodeShape, pool } from './pool.ts'
import { images } from './images.ts'
import { media, sessionStore } from './media.ts'
import { provisioning } from './provisioning.ts'
import { metrics } from './metrics.ts'
import { backups, buckets, disasterRecovery, recovery } from './recovery.ts'
import { region } from './region.ts'
import { circuitBreakers, retries, timeouts } from './resilience.ts'
import { label } from './scalars.ts'
import { scenarios } from './scenarios.ts'
import { workloads } from './workload.ts'

const nodeShapes = z.strictObject({
  media: nodeShape.describe('SFU servers'),
  speech: nodeShape.describe('ASR and TTS workers'),
  'gpu-8': nodeShape.describe('LLM inference, eight GPUs'),
  evaluation: nodeShape.describe('evaluation workers'),
  general: nodeShape.describe('API servers and everything else'),
})

const pools = z.strictObject({
  sfu: pool.describe('media servers: stateful, one holds a session from start to end'),
  asr: pool.describe('speech recognition workers'),
  tts: pool.describe('speech synthesis workers'),
  llm: pool.describe('language model inference'),
  evaluation: pool.describe('scoring after the interview'),
  api: pool.describe('API servers'),
})

/** Everything that describes the platform, complete: what the plan is made from. */
export const specification = z.strictObject({
  apiVersion: z.literal('iv/v1').describe('version of this format'),
  name: label.describe('name of the platform; also of the Pulumi project'),
  delivery: z.enum(['pulumi', 'gitops']).describe('who owns what runs: iv itself, or a GitOps controller'),
  gitops: gitops.describe('where a GitOps controller finds its tree'),
  gates: gates.describe('what `iv gate` demands of a change'),
  state: z
    .strictObject({
      backend: z.string().min(1).optional().describe('URL of the Pulumi backend; no default outside `local`'),
    })
    .describe('where the deployment state is kept'),
  domain: z.string().min(1).optional().describe('DNS name that candidates use; no default outside `local`'),
  buckets: buckets.describe('object storage by data class; no default outside `local`'),
  regions: z.record(label, region).describe('the Kubernetes clusters, by region'),
  nodeShapes: nodeShapes.describe('kinds of machine that pools ask for'),
  pools: pools.describe('the six tiers that scale'),
  workloads: workloads.describe('parts that have no row in the trigger table'),
  affinity: affinity.describe('how a session stays on its server'),
  sessions: sessions.describe('what one session is allowed'),
  priorities: priorities.describe('classes of GPU requests'),
  gpu: gpu.describe('how GPUs are shared'),
  degradation: degradation.describe('what is given up, in which order'),
  images: images.describe('container images of what supports the platform'),
  media: media.describe('what media servers are set to'),
  sessionStore: sessionStore.describe('where a region keeps its running sessions'),
  provisioning: provisioning.describe('how machines come on demand'),
  metrics: metrics.describe('where a region measures itself'),
  circuitBreakers: circuitBreakers.describe('circuit breakers, by service'),
  retries: retries.describe('retry policies'),
  timeouts: timeouts.describe('how long an answer is waited for'),
  disasterRecovery: disasterRecovery.describe('recovery objectives'),
  recovery: recovery.describe('how one interrupted session recovers'),
  backups: backups.describe('what is saved, how long and where'),
  scenarios: scenarios.describe('load and chaos tests'),
  growth: growth.describe('expected growth'),
  costStrategies: costStrategies.describe('ways to spend less'),
  milestones: milestones.describe('the scaling roadmap'),
})

export type Specification = z.output<typeof specification>
