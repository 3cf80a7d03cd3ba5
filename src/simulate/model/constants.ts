import { atPeak, growthOf } from '../../capacity/growth.ts'
import { gpuCarries } from '../../capacity/horizon.ts'
import type { Parameters } from '../../capacity/parameters.ts'
import { llmErlangs, type PoolModel, poolModels } from '../../capacity/pool-models.ts'
import type { PoolName } from '../../spec/schema/pool.ts'
import { priorityNames } from '../../spec/schema/gpu.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import type { Numbers } from './assumptions.ts'
import type { Component } from './region.ts'

/** Everything that the handlers of a run need to know and that does not change, in milliseconds. */
export interface Constants {
  /** The capacity plan's own models: what a pool needs for a number of interviews. */
  models: Readonly<Record<PoolName, PoolModel>>
  meanAnswerMs: number
  meanSpeechMs: number
  /** Requests of one interview per millisecond, by class, beside those that the turns make themselves. */
  backgroundRates: readonly number[]
  serviceMs: number
  waitBoundsMs: readonly number[]
  preempts: readonly boolean[]
  evictable: readonly boolean[]
  asrTimeoutMs: number
  ttsTimeoutMs: number
  llmTimeoutMs: number
  checkMs: number
  /** From the failure until the candidate, or the platform in its place, begins the recovery. */
  noticeMs: number
  noticedByChecks: boolean
  /** Stages of a recovery after that: assign, restore, record, continue. */
  stagesMs: readonly [number, number, number, number]
  giveUpMs: number
  giveUpRegionMs: number
  dnsTtlMs: number
  drainMs: number
  cap: number
  /** Level that the ladder gives to the failure of a component; 1 where it knows no step. */
  levels: Readonly<Record<Component, number>>
  /** What each level, 1 to 5, needs. Index 0 is not used. */
  needs: readonly (readonly Component[])[]
  /** Without the link to its database the session of a lost region cannot be resumed elsewhere. */
  stateSurvivesRegion: boolean
  segmentMs: number
  recordedOnCompletion: boolean
}

export interface ConstantsInput {
  specification: Specification
  capacity: Parameters
  numbers: Numbers
  peak: number
}

export function constantsOf({ specification: s, capacity, numbers, peak }: ConstantsInput): Constants {
  const carried = gpuCarries(capacity, atPeak(growthOf(s), peak))
  // Between two rows it comes from a power whose last bit is the engine's choice.
  const interviewsPerNode = Math.round(carried.interviewsPerNode * 1e6) / 1e6
  const meanAnswerMs = numbers.answerSeconds * 1000
  const meanSpeechMs = (meanAnswerMs * capacity.speakingPercent) / (100 - capacity.speakingPercent)
  const { timeline } = s.recovery
  const byChecks = s.recovery.startedBy !== 'client'
  const checkMs = s.affinity.failover.healthCheckInterval.ms
  const limits = priorityNames.map((name) => s.priorities[name])
  return {
    models: poolModels({ specification: s, parameters: capacity, interviewsPerNode }),
    meanAnswerMs,
    meanSpeechMs,
    backgroundRates: backgroundRates(capacity, interviewsPerNode, meanAnswerMs + meanSpeechMs),
    serviceMs: capacity.llmServiceMs,
    waitBoundsMs: limits.map(({ maxWait }) => maxWait.ms),
    preempts: limits.map(({ preemption }) => preemption),
    evictable: limits.map(({ evictable }, index) => evictable ?? index === limits.length - 1),
    asrTimeoutMs: s.timeouts.asr.ms,
    ttsTimeoutMs: s.timeouts.tts.ms,
    llmTimeoutMs: s.timeouts.llm.ms,
    checkMs,
    noticeMs: byChecks
      ? checkMs * s.recovery.failedHealthChecks
      : (s.recovery.clientNotices ?? timeline.reconnectionInitiated).ms,
    noticedByChecks: byChecks,
    stagesMs: [
      timeline.serverAssigned.ms - timeline.reconnectionInitiated.ms,
      timeline.stateRestored.ms - timeline.serverAssigned.ms,
      timeline.recordingResumed.ms - timeline.stateRestored.ms,
      timeline.interviewContinues.ms - timeline.recordingResumed.ms,
    ],
    giveUpMs: s.recovery.offerRescheduleAfter.ms,
    giveUpRegionMs: (s.recovery.offerRescheduleAfterRegionLoss ?? s.recovery.offerRescheduleAfter).ms,
    dnsTtlMs: s.recovery.dnsTtl?.ms ?? numbers.dnsTtlSeconds * 1000,
    drainMs: (s.affinity.failover.sessionDrainTimeout ?? s.affinity.failover.drainTimeout).ms,
    cap: s.affinity.maxSessionsPerServer ?? Number.POSITIVE_INFINITY,
    ...ladderOf(s),
    stateSurvivesRegion:
      s.recovery.stateFrom === 'database' || s.backups['session-state'].location !== 'multiZone',
    segmentMs: numbers.segmentSeconds * 1000,
    recordedOnCompletion: s.backups.recordings.frequency === 'onCompletion',
  }
}

/** The load of one interview is the capacity plan's; what the turns ask for themselves is taken off CRITICAL. */
function backgroundRates(p: Parameters, interviewsPerNode: number, turnMs: number): number[] {
  const perMs = llmErlangs(p, interviewsPerNode) / p.llmServiceMs
  const low = Math.max(0, 100 - p.llmCriticalPercent - p.llmHighPercent - p.llmMediumPercent)
  const shares = [p.llmCriticalPercent, p.llmHighPercent, p.llmMediumPercent, low]
  return shares.map((share, index) => Math.max(0, (perMs * share) / 100 - (index === 0 ? 1 / turnMs : 0)))
}

function ladderOf({ degradation }: Specification): Pick<Constants, 'levels' | 'needs'> {
  const levelFor = (component: Component): number => {
    const steps = Object.values(degradation.transitions).filter((step) => step.component === component)
    return Math.max(1, ...steps.map(({ to }) => degradation.levels[to].levelNumber))
  }
  const needs = Object.values(degradation.levels)
    .toSorted((left, right) => left.levelNumber - right.levelNumber)
    .map(({ speech, questions, scoring }): Component[] => [
      ...(speech === 'realTime' ? (['asr', 'tts'] as const) : []),
      ...(questions === 'llm' ? (['llm'] as const) : []),
      ...(scoring === 'llm' ? (['evaluation'] as const) : []),
    ])
  return {
    levels: {
      asr: levelFor('asr'),
      tts: levelFor('tts'),
      llm: levelFor('llm'),
      evaluation: levelFor('evaluation'),
    },
    needs: [[], ...needs],
  }
}
