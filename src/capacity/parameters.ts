import type { Platform } from '../spec/platform.ts'
import type { Specification } from '../spec/schema/specification.ts'

/** A number of the model that no field of the specification holds; `--set capacity.NAME=VALUE` replaces it. */
interface Assumption {
  value: number
  unit: string
  reason: string
  /** Exclusive. */
  above?: number
  /** Inclusive. */
  atMost?: number
}

const percent = { unit: '%', atMost: 100 }

export const assumptions = {
  interviewMinutes: { value: 45, unit: 'min', reason: 'interviews last tens of minutes' },
  gpuInterviewsFallback: {
    value: 20,
    unit: 'interviews/node',
    reason: 'rows current and y1 imply it; used where a row names no GPU nodes',
  },
  offHomePercent: {
    value: 2,
    ...percent,
    reason: 'sessions that bounded-load hashing may send past their home server',
  },
  sessionsPerAsrWorker: {
    value: 20,
    unit: 'sessions',
    reason: 'streams that one worker of two cores decodes; not measured',
  },
  utterancesPerTtsWorker: {
    value: 20,
    unit: 'utterances',
    reason: 'utterances that one worker of two cores speaks at once; not measured',
  },
  speakingPercent: { value: 40, ...percent, reason: 'part of an interview in which the platform speaks' },
  evaluationMinutes: { value: 5, unit: 'min', reason: 'work of one evaluation; not measured' },
  evaluationsPerWorker: {
    value: 4,
    unit: 'evaluations',
    reason: 'evaluations that one worker has in hand at once',
  },
  apiRequestsPerSecond: { value: 0.5, unit: 'requests/s', reason: 'requests of one running interview' },
  apiCpuMs: { value: 20, unit: 'ms', reason: 'processor time of one request; not measured' },
  llmRequestsPerNode: {
    value: 32,
    unit: 'requests',
    reason: 'requests that a node with eight GPUs serves at once, four per GPU',
  },
  llmServiceMs: { value: 1500, unit: 'ms', reason: 'mean time that one request occupies its place' },
  llmCriticalPercent: { value: 60, ...percent, reason: 'share of GPU work that answers a waiting candidate' },
  llmHighPercent: { value: 25, ...percent, reason: 'share of GPU work that prepares questions' },
  llmMediumPercent: {
    value: 10,
    ...percent,
    reason: 'share of GPU work that scores interviews; the rest is LOW',
  },
  waitTailPercent: { value: 1, ...percent, reason: 'how often a wait target may be missed at the peak' },
  nodeStartSeconds: {
    value: 0,
    unit: 's',
    above: -1,
    reason: 'nodes are ordered ahead from the interview calendar; set what was measured where they are not',
  },
  megabytesPerInterview: {
    value: 175,
    unit: 'MB',
    reason: 'the storage row implies 160 to 190 at the rate of each year’s end',
  },
  hotDays: { value: 30, unit: 'days', reason: 'read while candidates are decided on' },
  warmDays: { value: 90, unit: 'days', reason: 'read while a position is open' },
  coldDays: { value: 365, unit: 'days', reason: 'read for appeals; archive after that' },
  storageCopies: { value: 2, unit: 'copies', reason: 'every class is kept in more than one region' },
  egressMbps: { value: 1.5, unit: 'Mbit/s', reason: 'media sent to the two ends of one interview' },
  podsPerNodeReserved: {
    value: 8,
    unit: 'pods',
    above: -1,
    reason: 'daemons of monitoring, network and storage',
  },
  daemonCpu: { value: 0.5, unit: 'cores', above: -1, reason: 'the same daemons' },
  daemonMemoryGiB: { value: 1, unit: 'GiB', above: -1, reason: 'the same daemons' },
  databaseConnections: {
    value: 2000,
    unit: 'connections',
    reason: 'limit of one region’s database behind a pooler',
  },
  connectionsPerInstance: {
    value: 10,
    unit: 'connections',
    reason: 'pool of one API or evaluation instance',
  },
  nodeAddresses: { value: 256, unit: 'nodes', reason: 'a /16 of pod addresses, one /24 per node' },
} satisfies Record<string, Assumption>

export type AssumptionName = keyof typeof assumptions
export const assumptionNames = Object.keys(assumptions) as AssumptionName[]

export function assumptionOf(name: AssumptionName): Assumption {
  return assumptions[name]
}

/** Numbers of the specification that the model divides by: name, dotted path, how to read it. */
const specified = {
  sessionsPerSfu: ['pools.sfu.trigger.scaleOut', (s) => s.pools.sfu.trigger.scaleOut],
  asrPending: ['pools.asr.trigger.scaleOut', (s) => s.pools.asr.trigger.scaleOut],
  ttsPending: ['pools.tts.trigger.scaleOut', (s) => s.pools.tts.trigger.scaleOut],
  gpuUtilization: ['pools.llm.trigger.scaleOut', (s) => s.pools.llm.trigger.scaleOut],
  evaluationPending: ['pools.evaluation.trigger.scaleOut', (s) => s.pools.evaluation.trigger.scaleOut],
  apiUtilization: ['pools.api.trigger.scaleOut', (s) => s.pools.api.trigger.scaleOut],
  virtualNodes: ['affinity.virtualNodesPerServer', (s) => s.affinity.virtualNodesPerServer],
  ringSlots: ['affinity.ringSlots', (s) => s.affinity.ringSlots],
  criticalWaitMs: ['priorities.CRITICAL.maxWait', (s) => s.priorities.CRITICAL.maxWait.ms],
  highWaitMs: ['priorities.HIGH.maxWait', (s) => s.priorities.HIGH.maxWait.ms],
  mediumWaitMs: ['priorities.MEDIUM.maxWait', (s) => s.priorities.MEDIUM.maxWait.ms],
  lowWaitMs: ['priorities.LOW.maxWait', (s) => s.priorities.LOW.maxWait.ms],
} satisfies Record<string, [string, (specification: Specification) => number]>

export type SpecifiedName = keyof typeof specified
export const specifiedNames = Object.keys(specified) as SpecifiedName[]

export function pathOf(name: SpecifiedName): string {
  return specified[name][0]
}

/** Every number the model uses apart from demand, pools and prices; `rampPercentPerMinute` is of the peak. */
export type ParameterName = AssumptionName | SpecifiedName | 'rampPercentPerMinute'
export type Parameters = Readonly<Record<ParameterName, number>> & {
  /** Set by hand, or undefined: then the growth row's own ratio holds. */
  readonly interviewsPerGpuNode: number | undefined
  /** Set by hand, or undefined: then the growth row's nodes are the quota. */
  readonly gpuNodeQuota: number | undefined
}

export type Overrides = Partial<
  Record<AssumptionName | 'rampPercentPerMinute' | 'interviewsPerGpuNode' | 'gpuNodeQuota', number>
>

export function parametersOf(
  { specification }: Pick<Platform, 'specification'>,
  overrides: Overrides = {},
): Parameters {
  const assumed = Object.fromEntries(assumptionNames.map((name) => [name, assumptions[name].value]))
  const read = Object.fromEntries(specifiedNames.map((name) => [name, specified[name][1](specification)]))
  return {
    ...(assumed as Record<AssumptionName, number>),
    ...(read as Record<SpecifiedName, number>),
    rampPercentPerMinute: steepestRamp(specification),
    interviewsPerGpuNode: undefined,
    gpuNodeQuota: undefined,
    ...overrides,
  }
}

/** The steepest rise of any scenario, in percent of that scenario's own peak per minute. */
export function steepestRamp({ scenarios }: Specification): number {
  const slopes = Object.values(scenarios).flatMap(({ interviews, ramp }) =>
    ramp.map(({ from, until, startInterviews, endInterviews }) => {
      const minutes = (until.ms - from.ms) / 60_000
      return minutes > 0 && interviews > 0
        ? ((endInterviews - startInterviews) / interviews / minutes) * 100
        : 0
    }),
  )
  return Math.max(0, ...slopes)
}
