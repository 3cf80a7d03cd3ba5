import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Platform } from '../../src/spec/platform.ts'
import { valueAt } from '../../src/spec/tree.ts'
import { load } from './support.ts'

/** Path, value and the place it comes from; one line per number of the source document. */
const numbers: readonly [path: string, value: unknown, place: string][] = [
  ['regions.us-east.role', 'primary', 'Multi-Region Architecture'],
  ['regions.us-west.role', 'standby', 'Multi-Region Architecture'],
  ['regions.us-west.replication.from', 'us-east', 'Multi-Region Architecture'],
  ['regions.us-west.replication.mode', 'synchronous', 'Multi-Region Architecture'],
  ['regions.eu-west.role', 'active', 'Multi-Region Architecture'],
  ['regions.eu-west.replication.from', 'us-east', 'Multi-Region Architecture'],
  ['regions.eu-west.replication.mode', 'asynchronous', 'Multi-Region Architecture'],
  ['regions.us-east.failoverTo', 'us-west', 'Scenario 3'],
  ['regions.us-west.replication.rto', '2m', 'Scenario 3'],
  ['regions.us-west.replication.rpo', '0s', 'Scenario 3'],
  ['regions.eu-west.replication.rto', '15m', 'Recovery Objectives: Region failure'],
  ['regions.eu-west.replication.rpo', '1m', 'Recovery Objectives: Region failure'],
  ['circuitBreakers.asr-primary.fallsBackOn', 'everyFailure', 'Component Failure Handling'],
  ['degradation.triggers.asr-outage.level', 'basic', 'Component Failure Handling'],
  ...pool('sfu', 'SFU Servers', ['sessions', 'perReplica', 80, 40, 3]),
  ...pool('asr', 'ASR Workers', ['queueDepth', 'pool', 10, 3, 5]),
  ...pool('tts', 'TTS Workers', ['queueDepth', 'pool', 10, 3, 5]),
  ...pool('llm', 'LLM Inference', ['gpuUtilization', 'pool', 75, 40, 2]),
  ...pool('evaluation', 'Eval Workers', ['queueDepth', 'pool', 50, 10, 3]),
  ...pool('api', 'API Servers', ['cpuUtilization', 'pool', 70, 30, 3]),
  ['pools.llm.resources.gpus', 8, 'Horizontal Scaling by Component'],
  ['nodeShapes.gpu-8.gpus', 8, 'Horizontal Scaling by Component'],
  ['nodeShapes.gpu-8.gpuModel', 'A100', 'Horizontal Scaling by Component'],
  ...under('affinity', 'Sticky Session Configuration', {
    method: 'consistentHashing',
    key: 'sessionId',
    virtualNodesPerServer: 150,
    'failover.enabled': true,
    'failover.healthCheckInterval': '5s',
    'failover.unhealthyAfterChecks': 3,
    'failover.healthyAfterChecks': 2,
    'failover.drainTimeout': '30s',
  }),
  ...under('priorities', 'Priority Levels', {
    'CRITICAL.maxWait': '100ms',
    'CRITICAL.preemption': true,
    'HIGH.maxWait': '500ms',
    'HIGH.preemption': false,
    'MEDIUM.maxWait': '5s',
    'MEDIUM.preemption': false,
    'LOW.maxWait': '30s',
    'LOW.preemption': false,
  }),
  ...under('gpu', 'GPU Pool Management', {
    'requests.question-generation': 'HIGH',
    'requests.follow-up-generation': 'HIGH',
    'requests.evaluation-scoring': 'MEDIUM',
    'requests.batch-evaluation': 'LOW',
    'partition.realTimeGpus': 2,
    'partition.mixedGpus': 1,
    'partition.batchGpus': 1,
  }),
  ['workloads.batch.priority', 'LOW', 'Priority Levels: LOW'],
  ...under('degradation', 'Graceful Degradation Ladder', {
    'levels.full.levelNumber': 1,
    'levels.reduced.levelNumber': 2,
    'levels.reduced.scoring': 'manual',
    'levels.predefined.levelNumber': 3,
    'levels.predefined.questions': 'predefined',
    'levels.predefined.speech': 'realTime',
    'levels.basic.levelNumber': 4,
    'levels.basic.speech': 'none',
    'levels.fallback.levelNumber': 5,
    'transitions.llm-failure.from': 'full',
    'transitions.asr-failure.from': 'full',
    'transitions.conductor-failure.from': 'reduced',
    'transitions.tts-failure.to': 'basic',
    'transitions.complete-outage.to': 'fallback',
  }),
  ...under('degradation.triggers', 'Degradation Triggers', {
    'llm-timeout.above': 5000,
    'asr-accuracy.below': 70,
    'tts-failure.action': 'Display text on screen',
    'sfu-overload.action': 'Reduce video quality, audio-only',
    'network-degradation.action': 'Adaptive bitrate, reduce features',
    'llm-outage.action': 'Use cached question bank',
  }),
  ...under('circuitBreakers', 'Circuit Breaker Implementation', {
    'asr-primary.opensAfterFailures': 5,
    'asr-primary.closesAfterSuccesses': 3,
    'asr-primary.openFor': '30s',
    'asr-primary.halfOpenRequests': 3,
    'llm-api.opensAfterFailures': 3,
    'llm-api.closesAfterSuccesses': 2,
    'llm-api.openFor': '1m',
    'llm-api.halfOpenRequests': 2,
    'tts-primary.opensAfterFailures': 5,
    'tts-primary.closesAfterSuccesses': 3,
    'tts-primary.openFor': '30s',
    'tts-primary.halfOpenRequests': 3,
  }),
  ...under('retries', 'Retry Strategy with Exponential Backoff', {
    'default.maxRetries': 3,
    'default.initialDelay': '100ms',
    'default.maxDelay': '5s',
    'default.multiplier': 2,
    'default.jitterPercent': 10,
    'real-time-critical.maxRetries': 2,
    'real-time-critical.maxDelay': '200ms',
    'real-time-critical.multiplier': 2,
    'batch-processing.maxRetries': 5,
    'batch-processing.maxDelay': '30s',
    'batch-processing.multiplier': 2,
  }),
  ['timeouts.asr', '3s', 'Component Failure Handling'],
  ['timeouts.llm', '5s', 'Degradation Triggers'],
  ...under('disasterRecovery', 'Recovery Objectives', {
    'component.rto': '30s',
    'component.rpo': '0s',
    'zone.rto': '2m',
    'zone.rpo': '0s',
    'region.rto': '15m',
    'region.rpo': '1m',
    'outage.rto': '1h',
    'outage.rpo': '5m',
  }),
  ...under('recovery', 'Session Recovery Protocol', {
    failedHealthChecks: 3,
    'timeline.failureDetected': '0s',
    'timeline.reconnectionInitiated': '5s',
    'timeline.serverAssigned': '10s',
    'timeline.stateRestored': '15s',
    'timeline.recordingResumed': '20s',
    'timeline.interviewContinues': '25s',
    offerRescheduleAfter: '1m',
  }),
  ...under('backups', 'Backup Strategy', {
    'session-state.frequency': 'realTime',
    'session-state.retention': '7d',
    'transcripts.frequency': 'continuous',
    'transcripts.location': 'multiRegion',
    'recordings.location': 'crossRegion',
    'evaluations.frequency': 'continuous',
    'evaluations.location': 'multiRegion',
    'configuration.retention': '30d',
    'configuration.location': 'multiRegion',
    'audit-logs.frequency': 'continuous',
    'audit-logs.location': 'immutable',
  }),
  ...under('scenarios.peak-load-1000', 'Scenario 1', {
    interviews: 1000,
    'ramp.0.until': '5m',
    'ramp.0.endInterviews': 200,
    'ramp.1.until': '10m',
    'ramp.1.endInterviews': 500,
    'ramp.2.until': '15m',
    'ramp.2.endInterviews': 1000,
    'ramp.3.until': '30m',
    'ramp.3.endInterviews': 1000,
    'ramp.4.until': '35m',
    'ramp.4.endInterviews': 0,
    'criteria.0.duration': '400ms',
    'criteria.1.percent': 98,
    'criteria.2.count': 0,
  }),
  ...under('scenarios.asr-failure-recovery', 'Scenario 2', {
    interviews: 100,
    'injections.0.at': '5m',
    'injections.0.percent': 50,
    'injections.1.at': '10m',
    'injections.2.at': '12m',
    'criteria.0.duration': '5s',
    'criteria.2.duration': '30s',
  }),
  ...under('scenarios.region-failover', 'Scenario 3', {
    interviews: 200,
    'injections.0.at': '5m',
    'injections.0.region': 'us-east',
    'criteria.0.duration': '1m',
    'criteria.1.duration': '2m',
    'criteria.2.duration': '0s',
  }),
  ...growth('current', 'Current', [10_000, 100, 20, 5]),
  ...growth('y1', 'Year 1', [100_000, 1000, 240, 50]),
  ...growth('y2', 'Year 2', [500_000, 5000, 1200, 200]),
  ...growth('y3', 'Year 3', [1_000_000, 10_000, 3500, 400]),
  ...savings('reserved-instances', [30, 50]),
  ...savings('spot-for-evaluation', [60, 70]),
  ...savings('right-sizing', [20, 30]),
  ...savings('self-hosted-speech', [40, 60]),
  ['costStrategies.self-hosted-speech.fromMonthlyInterviews', 100_000, 'Cost Optimization Strategies'],
  ...savings('storage-tiering', [60, 70]),
  ...savings('gpu-sharing', [20, 30]),
  ...milestone('single-region', ['2025-01', '2025-06', 'done']),
  ...milestone('multi-az', ['2025-04', '2025-09', 'done']),
  ...milestone('multi-region-2', ['2025-07', '2025-12', 'active']),
  ...milestone('multi-region-3', ['2025-10', '2026-03', 'planned']),
  ...milestone('global-edge', ['2026-01', '2026-06', 'planned']),
  ...milestone('concurrent-100', ['2025-01', '2025-04', 'done']),
  ...milestone('concurrent-500', ['2025-03', '2025-07', 'done']),
  ...milestone('concurrent-1000', ['2025-06', '2025-10', 'active']),
  ...milestone('concurrent-5000', ['2025-09', '2026-02', 'planned']),
  ...milestone('concurrent-10000', ['2026-01', '2026-06', 'planned']),
]

let platform: Platform
let plain: unknown

beforeAll(async () => {
  platform = await load()
  plain = JSON.parse(JSON.stringify(platform.specification))
})

describe('the numbers of the source document', () => {
  it.each(numbers)('%s is %s', (path, value, place) => {
    expect(valueAt(plain, path)).toEqual(value)
    const origin = platform.originOf(path)
    expect(origin.from === 'default' && origin.source).toContain(place)
  })

  it('keeps years at least as long as they can be: 4 with one leap day, 7 with two', () => {
    const { transcripts, recordings, evaluations, 'audit-logs': audit } = platform.specification.backups
    const day = 86_400_000
    expect([transcripts, recordings].map(({ retention }) => retention.ms / day)).toEqual([1461, 1461])
    expect([evaluations, audit].map(({ retention }) => retention.ms / day)).toEqual([2557, 2557])
  })
})

/** Where the document contradicts itself: its own value, the default, and the rule that says why. */
const changed: readonly [path: string, document: unknown, value: unknown, rule: string][] = [
  ['affinity.ringSlots', 1024, 65_537, 'IV-RING-001'],
  ['degradation.transitions.llm-failure.to', 'reduced', 'predefined', 'IV-LADDER-001'],
  ['degradation.transitions.asr-failure.to', 'predefined', 'basic', 'IV-LADDER-001'],
  ['circuitBreakers.llm-api.counters', 'kept', 'resetOnChange', 'IV-BREAKER-003'],
  ['retries.real-time-critical.initialDelay', '50ms', '30ms', 'IV-BUDGET-001'],
  ['retries.batch-processing.initialDelay', '1s', '125ms', 'IV-BUDGET-002'],
  ['disasterRecovery.outage.strategy', 'drSiteActivation', 'rebuildFromBackups', 'IV-DR-001'],
  ['recovery.stateFrom', 'redis', 'database', 'IV-STATE-002'],
  ['backups.session-state.location', 'multiZone', 'multiRegion', 'IV-STATE-001'],
  ['backups.recordings.frequency', 'onCompletion', 'continuous', 'IV-RECORDING-001'],
  ['backups.configuration.frequency', 'hourly', 'continuous', 'IV-BACKUP-001'],
]

describe('what the document contradicts', () => {
  it.each(changed)('%s is %s there and %s here', async (path, ...rest) => {
    const [document, value, rule] = rest
    expect(valueAt(plain, path)).toEqual(value)
    const origin = platform.originOf(path)
    expect(origin.from === 'default' && origin.source).toMatch(new RegExp(`; changed, see: .*${rule}$`))
    const file = join(import.meta.dirname, '../../templates/presets/literal.yaml')
    const literal: unknown = JSON.parse(JSON.stringify((await load(undefined, { file })).specification))
    expect(valueAt(literal, path)).toEqual(document)
  })

  it('is all that differs from it', () => {
    const marked = leavesOf(plain, '').filter((leaf) => {
      const origin = platform.originOf(leaf)
      return origin.from === 'default' && origin.source.includes('; changed, see: ')
    })
    const breakers = ['asr-primary', 'tts-primary'].map((name) => `circuitBreakers.${name}.counters`)
    expect(marked.toSorted()).toEqual([...changed.map(([path]) => path), ...breakers].toSorted())
  })
})

describe('what the document does not say', () => {
  it.each([
    'pools.sfu.startup',
    'pools.sfu.instances.maximum',
    'pools.sfu.terminationGrace',
    'pools.llm.resources.cpu',
    'nodeShapes.media.spare',
    'retries.batch-processing.jitterPercent',
    'regions.us-east.zones',
    'sessions.maxDuration',
    'workloads.conductor.instances',
  ])('%s says that it is an assumption', (path) => {
    const origin = platform.originOf(path)
    expect(origin.from === 'default' && origin.source).toMatch(/^assumption: \w/)
  })

  it('lets an SFU finish its longest session and 300 s more', () => {
    const { pools, sessions } = platform.specification
    expect(pools.sfu.terminationGrace.seconds).toBe(sessions.maxDuration.seconds + 300)
  })

  it('keeps one media node spare, and starts the slowest pool within 5 s at time scale 60', () => {
    const { nodeShapes, pools } = platform.specification
    expect(nodeShapes.media.spare).toBe(1)
    expect(Math.max(...Object.values(pools).map((pool) => pool.startup.seconds)) / 60).toBe(5)
  })

  it('leaves no value without a source', () => {
    const silent = leavesOf(plain, '').filter((leaf) => {
      const origin = platform.originOf(leaf)
      return origin.from !== 'default' || origin.source.startsWith('several places') || origin.source === ''
    })
    expect(silent).toEqual([])
  })
})

function pool(
  name: string,
  row: string,
  values: readonly [string, string, number, number, number],
): typeof numbers {
  const [metric, scope, scaleOut, scaleIn, minimum] = values
  const place = `Scaling Triggers and Thresholds: ${row}`
  return [
    [`pools.${name}.trigger.metric`, metric, place],
    [`pools.${name}.trigger.scope`, scope, scope === 'perReplica' ? place : 'assumption'],
    [`pools.${name}.trigger.scaleOut`, scaleOut, place],
    [`pools.${name}.trigger.scaleIn`, scaleIn, place],
    [`pools.${name}.instances.minimum`, minimum, place],
  ]
}

function under(path: string, place: string, values: Readonly<Record<string, unknown>>): typeof numbers {
  return Object.entries(values).map(([key, value]) => [`${path}.${key}`, value, place])
}

function growth(
  name: string,
  column: string,
  row: readonly [number, number, number, number],
): typeof numbers {
  const [monthlyInterviews, peakConcurrentInterviews, storageTerabytes, gpuNodes] = row
  const values = { monthlyInterviews, peakConcurrentInterviews, storageTerabytes, gpuNodes }
  return under(`growth.${name}`, `Growth Projections: ${column}`, values)
}

function savings(name: string, [lowestPercent, highestPercent]: readonly [number, number]): typeof numbers {
  return under(`costStrategies.${name}`, 'Cost Optimization Strategies', { lowestPercent, highestPercent })
}

function milestone(name: string, [from, until, state]: readonly [string, string, string]): typeof numbers {
  return under(`milestones.${name}`, 'Scaling Milestones', { from, until, state })
}

function leavesOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path]
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, path === '' ? key : `${path}.${key}`),
  )
}
