import { type PoolName } from '../spec/schema/pool.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { queueAtMost, serversFrom, smallestServers, type Target, waitAtMost } from './erlang.ts'
import type { Parameters } from './parameters.ts'
import { boundedLoadServers } from './sfu.ts'

/** What one pool needs for a number of concurrent interviews, without its minimum, in instances. */
export interface PoolModel {
  /** Division by the scaling rule. */
  floor(interviews: number): number
  /** At least the floor; more where waiting or hashing ask for it. */
  queueAware(interviews: number): number
  /** Names of the models behind the figures, with their numbers. */
  describe: { floor: string; queueAware: string }
}

export interface ModelInput {
  specification: Specification
  parameters: Parameters
  /** Interviews that one GPU node carries at its scale-out threshold. */
  interviewsPerNode: number
}

export function poolModels(input: ModelInput): Readonly<Record<PoolName, PoolModel>> {
  const { parameters: p } = input
  return {
    sfu: sfu(p),
    asr: workers(p, { slots: p.sessionsPerAsrWorker, offered: 1, pending: p.asrPending, what: 'streams' }),
    tts: workers(p, {
      slots: p.utterancesPerTtsWorker,
      offered: p.speakingPercent / 100,
      pending: p.ttsPending,
      what: 'utterances',
    }),
    llm: llm(input),
    evaluation: workers(p, {
      slots: p.evaluationsPerWorker,
      offered: p.evaluationMinutes / p.interviewMinutes,
      pending: p.evaluationPending,
      what: 'evaluations',
    }),
    api: api(input),
  }
}

/** Rounds up, but not for the noise of a division whose exact result is whole. */
export function ceilSafe(value: number): number {
  return Math.ceil(value - 1e-9 * Math.max(1, Math.abs(value)))
}

function sfu(p: Parameters): PoolModel {
  const ring = { cap: p.sessionsPerSfu, virtualNodes: p.virtualNodes }
  return {
    floor: (interviews) => ceilSafe(interviews / ring.cap),
    queueAware: (interviews) => boundedLoadServers(interviews, ring, p.offHomePercent / 100),
    describe: {
      floor: `interviews / ${ring.cap} sessions per server`,
      queueAware: `bounded-load hashing, cap ${ring.cap}, ${ring.virtualNodes} virtual nodes, at most ${p.offHomePercent} % off home`,
    },
  }
}

interface Work {
  /** Pieces of work that one worker has in hand at once. */
  slots: number
  /** Erlangs of one interview. */
  offered: number
  /** Waiting pieces at which the pool scales out. */
  pending: number
  what: string
}

/** A queue of work: M/M/c with every slot as a server, the scale-out threshold as the limit of the queue. */
function workers(p: Parameters, { slots, offered, pending, what }: Work): PoolModel {
  const target = queueAtMost(pending, p.waitTailPercent / 100)
  const floor = (interviews: number): number => ceilSafe((interviews * offered) / slots)
  return {
    floor,
    queueAware: (interviews) =>
      Math.max(floor(interviews), ceilSafe(smallestServers(interviews * offered, target) / slots)),
    describe: {
      floor: `${round(offered)} ${what} per interview / ${slots} per worker`,
      queueAware: `Erlang C: more than ${pending} pending at most ${p.waitTailPercent} % of the time`,
    },
  }
}

/**
 * A node carries `interviewsPerNode` when its GPUs stand at the scale-out threshold, which fixes the load of one
 * interview. A class is held to its wait with the load of its own class and those above it.
 */
function llm({ parameters: p, interviewsPerNode }: ModelInput): PoolModel {
  const perInterview = llmErlangs(p, interviewsPerNode)
  const classes = classesOf(p)
  const floor = (interviews: number): number => ceilSafe(interviews / interviewsPerNode)
  return {
    floor,
    queueAware: (interviews) => {
      const nodes = floor(interviews)
      const servers = classes.map(({ share, target }) =>
        serversFrom(nodes * p.llmRequestsPerNode, interviews * perInterview * share, target),
      )
      return Math.max(nodes, ceilSafe(Math.max(...servers) / p.llmRequestsPerNode))
    },
    describe: {
      floor: `interviews / ${round(interviewsPerNode)} per node of eight GPUs`,
      queueAware: `Erlang C per request class: wait beyond ${classes.map(({ waitMs }) => waitMs).join('/')} ms at most ${p.waitTailPercent} % of the time`,
    },
  }
}

/** Requests of one interview that a node has in hand at any time, on average. */
export function llmErlangs(p: Parameters, interviewsPerNode: number): number {
  return (p.llmRequestsPerNode * p.gpuUtilization) / 100 / interviewsPerNode
}

function classesOf(p: Parameters): { share: number; waitMs: number; target: Target }[] {
  const upTo = [
    [p.llmCriticalPercent, p.criticalWaitMs],
    [p.llmCriticalPercent + p.llmHighPercent, p.highWaitMs],
    [p.llmCriticalPercent + p.llmHighPercent + p.llmMediumPercent, p.mediumWaitMs],
    [100, p.lowWaitMs],
  ] as const
  return upTo.map(([share, waitMs]) => ({
    share: Math.min(100, share) / 100,
    waitMs,
    target: waitAtMost({ waitMs, serviceMs: p.llmServiceMs }, p.waitTailPercent / 100),
  }))
}

function api({ parameters: p, specification }: ModelInput): PoolModel {
  const cores = specification.pools.api.resources.cpu.amount
  const perInterview = (p.apiRequestsPerSecond * p.apiCpuMs) / 1000
  const target = waitAtMost({ waitMs: p.criticalWaitMs, serviceMs: p.apiCpuMs }, p.waitTailPercent / 100)
  const floor = (interviews: number): number =>
    ceilSafe((interviews * perInterview) / (cores * (p.apiUtilization / 100)))
  return {
    floor,
    queueAware: (interviews) =>
      Math.max(floor(interviews), ceilSafe(smallestServers(interviews * perInterview, target) / cores)),
    describe: {
      floor: `${round(perInterview)} cores per interview / (${cores} cores at ${p.apiUtilization} %)`,
      queueAware: `Erlang C: wait for a core beyond ${p.criticalWaitMs} ms at most ${p.waitTailPercent} % of the time`,
    },
  }
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
