import type { Specification } from '../../spec/schema/specification.ts'
import { priorityNames } from '../../spec/schema/gpu.ts'
import { requestPriority } from '../rules/request-priority.ts'
import type { Metric } from './metric.ts'

/** A promise about a share of events, measured from two counters. */
export interface Objective {
  /** Unique among objectives and metrics: `interview-completion`. */
  name: string
  /** The source document's words and place. */
  demand: string
  /** Share of events that must be good. */
  targetPercent: number
  /** Series of the good and of all events: counters, or buckets and count of a histogram, with their labels. */
  good: string
  total: string
  reads: Metric['reads']
}

/** The document says p99 of the media path; where it gives a limit without a share, the same share is assumed. */
const usualShare = 99

/** Every promise of the platform that is kept or broken event by event; drills measure the others. */
export function objectivesOf(specification: Specification): Objective[] {
  return [
    completion(specification),
    withinLimit({
      name: 'mouth-to-ear',
      demand: 'Scenario 1: mouth-to-ear p99 < 400ms (media path)',
      histogram: 'iv_mouth_to_ear_seconds',
      limitSeconds: criterion(specification, 'mouth-to-ear-p99')?.duration?.seconds ?? 0.4,
      exporter: 'conductor',
    }),
    withinLimit({
      name: 'session-recovery',
      demand: 'Session Recovery Protocol: MAX_RECOVERY_TIME 60 seconds',
      histogram: 'iv_session_recovery_seconds',
      limitSeconds: specification.recovery.offerRescheduleAfter.seconds,
      exporter: 'conductor',
    }),
    withinLimit({
      name: 'asr-fallback',
      demand: 'Scenario 2: fallback ASR activates within 5s',
      histogram: 'iv_asr_fallback_seconds',
      limitSeconds: criterion(specification, 'fallback-activation')?.duration?.seconds ?? 5,
      exporter: 'conductor',
    }),
    ...priorityNames.map((priority) => queueWait(specification, priority)),
  ]
}

function completion(specification: Specification): Objective {
  return {
    name: 'interview-completion',
    demand: 'Scenario 1: interview completion rate > 98%',
    targetPercent: criterion(specification, 'completion-rate')?.percent ?? 98,
    good: 'iv_interviews_ended_total{outcome="completed"}',
    total: 'iv_interviews_ended_total',
    reads: [{ series: 'iv_interviews_ended_total', labels: ['outcome'], exporter: 'conductor' }],
  }
}

interface Limit {
  name: string
  demand: string
  histogram: string
  limitSeconds: number
  exporter: string
}

/** A wait is an event of a histogram, and the limit must be the bound of one of its buckets. */
function withinLimit({ name, demand, histogram, limitSeconds, exporter }: Limit): Objective {
  return {
    name,
    demand,
    targetPercent: usualShare,
    good: `${histogram}_bucket{le="${bound(limitSeconds)}"}`,
    total: `${histogram}_count`,
    reads: [
      { series: `${histogram}_bucket`, labels: ['le'], exporter },
      { series: `${histogram}_count`, labels: [], exporter },
    ],
  }
}

function queueWait(specification: Specification, priority: (typeof priorityNames)[number]): Objective {
  const { maxWait } = specification.priorities[priority]
  const histogram = 'llm_d_epp_flow_control_request_queue_duration_seconds'
  const band = `priority="${requestPriority(priority)}"`
  return {
    name: `${priority.toLowerCase()}-queue-wait`,
    demand: `Priority Levels: ${priority}, Max Wait ${maxWait.toString()}`,
    targetPercent: usualShare,
    good: `${histogram}_bucket{${band},le="${bound(maxWait.seconds)}"}`,
    total: `${histogram}_count{${band}}`,
    reads: [
      { series: `${histogram}_bucket`, labels: ['priority', 'le'], exporter: 'llm-d router' },
      { series: `${histogram}_count`, labels: ['priority'], exporter: 'llm-d router' },
    ],
  }
}

/** As exporters of the Prometheus text format write the bound of a bucket: `0.4`, `5`, in Go `5` too. */
function bound(seconds: number): string {
  return String(seconds)
}

function criterion({ scenarios }: Specification, metric: string) {
  return Object.values(scenarios)
    .flatMap(({ criteria }) => criteria)
    .find((candidate) => candidate.metric === metric)
}
