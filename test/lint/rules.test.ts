import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Clash } from '../../src/lint/rule.ts'
import { lintRules } from '../../src/lint/rules.ts'
import { presetFile } from '../../src/spec/init.ts'
import { schemaAt } from '../../src/spec/schema/walk.ts'
import { specification } from '../../src/spec/schema/specification.ts'
import type { Platform } from '../../src/spec/platform.ts'
import { load } from '../spec/support.ts'

const packageRoot = join(import.meta.dirname, '..', '..')
let literal: Platform
let defaults: Platform

beforeAll(async () => {
  literal = await load(undefined, { file: presetFile(packageRoot, 'literal') })
  defaults = await load()
})

describe.each(lintRules)('$id', (rule) => {
  it('holds with the defaults', () => {
    expect(rule.check(defaults.specification)).toEqual([])
  })

  it('is broken by the source document, with numbers and a value that there is to change', () => {
    const clashes = rule.check(literal.specification)
    expect(clashes.length).toBeGreaterThan(0)
    for (const { path, message } of clashes) {
      expect(message).toMatch(/[<>≠∈−]/)
      expect(schemaAt(specification, path)).toBeDefined()
    }
  })

  it('tells what the document says, what iv does, why, and how to resolve it', () => {
    expect(rule.id).toMatch(/^IV-[A-Z]+-\d{3}$/)
    for (const text of [rule.title, rule.document, rule.resolution, rule.why]) expect(text).toMatch(/^.+\.$/)
    expect(rule.formula).not.toBe('')
    expect(rule.fix).toMatch(/^[a-z]/)
  })
})

describe('the rules', () => {
  it('have ids of their own, in order', () => {
    const ids = lintRules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(ids.toSorted())
  })
})

/** What the document comes to, by rule: the numbers are its own. */
const arithmetic: readonly [id: string, ...messages: string[]][] = [
  ['IV-RTO-001', '15s + 25s = 40s > 30s'],
  ['IV-RTO-002', '5s × 3 = 15s > 5s'],
  ['IV-RTO-003', '15m > 2m'],
  ['IV-DRAIN-001', '30s < 2h'],
  ['IV-RPO-001', '1m > 0s'],
  ['IV-RPO-002', 'us-east to eu-west'],
  ['IV-STATE-001', '0 < 1 needed'],
  ['IV-STATE-002', 'us-east to us-west'],
  ['IV-RECORDING-001', '2h > 1m'],
  ['IV-BACKUP-001', '1h > 5m'],
  [
    'IV-RING-001',
    '63 × 150 = 9,450 > 1,024: the ring holds 6 servers, full in y2 (21 per region), in y1 with one region lost (7)',
  ],
  ['IV-RING-002', '1,024 ÷ 63 = 16.3 slots per server < 100'],
  ['IV-BUDGET-001', '(50 + 100) ms × 1.1 = 165ms > 100ms'],
  ['IV-BUDGET-002', '= 34.1s > 5s', '= 34.1s > 30s'],
  ['IV-BUDGET-003', '209ms > (50 + 100) ms × 1.1 = 165ms'],
  ['IV-BREAKER-001', '5 × 3s = 15s > 5s'],
  ['IV-BREAKER-002', '3 × 5s = 15s > 5s'],
  ['IV-BREAKER-003', '1 ≠ 3 successes', '1 ≠ 2 successes', '1 ≠ 3 successes'],
  ['IV-LADDER-001', 'llm ∈ {llm, conductor, asr, tts}', 'asr ∈ {asr, tts}'],
  ['IV-LADDER-002', 'level 2 ≠ level 3', 'level 3 ≠ level 4'],
  [
    'IV-FAILOVER-001',
    'may data of us-east',
    'may data of us-west',
    'eu-west has nowhere',
    'may data of eu-west',
  ],
  ['IV-GPU-001', '5,000 ÷ 200 = 25 per node in y2 ≠ 20 in other rows'],
  ['IV-GPU-002', '5,000 ÷ (200 × 66.7 %) = 37.5 > 25 interviews per node in y2', '300 nodes would do'],
  ['IV-GPU-003', '1 signal < 2'],
  ['IV-SAVINGS-001', '50 + 70 + 30 + 60 + 70 + 30 = 310 % > 100 %'],
  ['IV-AFFINITY-001', '3 × 80 ÷ 2 = 120 > 80'],
  ['IV-AFFINITY-002', '≈ 112 > 80 sessions on the fullest of 63 servers'],
  ['IV-RESCHEDULE-001', '1m < 2m'],
  ['IV-METRIC-001', '5 × 10 = 50 > 10', '5 × 10 = 50 > 10', '3 × 50 = 150 > 50'],
  ['IV-METRIC-002', '0 < 1'],
  ['IV-LATENCY-001', '500ms > 400ms'],
  ['IV-PRIORITY-001', '{} ≠ {LOW}'],
  ['IV-DR-001', '0 < 1: nothing can keep RTO 1h, RPO 5m'],
  ['IV-DNS-001', '1m − 17s = 43s for caches'],
]

describe('the arithmetic of the source document', () => {
  it('is spelled out for every rule', () => {
    expect(arithmetic.map(([id]) => id).toSorted()).toEqual(lintRules.map(({ id }) => id))
  })

  it.each(arithmetic)('%s: %s', (id, ...messages) => {
    const clashes = clashesOf(id, literal)
    const text = clashes.map(({ message }) => message).join('\n')
    for (const message of messages) expect(text).toContain(message)
  })
})

/** Half-way values: what resolves a rule, what does not, and clashes that the document does not have. */
const settings: readonly [id: string, set: string, clashes: number][] = [
  ['IV-RTO-001', 'recovery.clientNotices=6s', 1],
  ['IV-RTO-001', 'recovery.startedBy=healthChecks', 1],
  ['IV-RTO-001', 'disasterRecovery.component.rto=29s', 1],
  ['IV-DRAIN-001', 'pools.sfu.terminationGrace=124m', 1],
  ['IV-DRAIN-001', 'sessions.maxDuration=3h', 2],
  ['IV-RPO-001', 'regions.us-west.replication.rpo=1s', 1],
  ['IV-RPO-002', 'regions.eu-west.replication.rpo=0s', 1],
  ['IV-RPO-002', 'regions.us-west.replication.mode=asynchronous', 1],
  ['IV-STATE-002', 'recovery.stateFrom=redis', 1],
  ['IV-BACKUP-001', 'backups.transcripts.frequency=daily', 1],
  ['IV-RING-001', 'affinity.ringSlots=9449', 1],
  ['IV-RING-001', 'affinity.ringSlots=9450', 0],
  ['IV-RING-001', 'pools.sfu.instances.maximum=437', 1],
  ['IV-RING-002', 'affinity.ringSlots=6299', 1],
  ['IV-BUDGET-001', 'retries.real-time-critical.initialDelay=31ms', 1],
  ['IV-BUDGET-001', 'retries.real-time-critical.maxRetries=0', 0],
  ['IV-BUDGET-002', 'retries.batch-processing.initialDelay=200ms', 1],
  ['IV-BREAKER-001', 'timeouts.asr=6s', 1],
  ['IV-LADDER-001', 'degradation.transitions.tts-failure.to=reduced', 1],
  ['IV-FAILOVER-001', 'regions.eu-west.residency=eu', 1],
  ['IV-GPU-001', 'gpu.nodeInterviews=24.9', 1],
  ['IV-GPU-002', 'gpu.partition.lendOnRegionLoss=false', 1],
  ['IV-GPU-002', 'growth.y1.gpuNodes=29', 1],
  ['IV-AFFINITY-001', 'affinity.maxSessionsPerServer=80', 1],
  ['IV-PRIORITY-001', 'priorities.HIGH.evictable=true', 1],
  ['IV-DR-001', 'disasterRecovery.outage.strategy=drSiteActivation', 1],
  ['IV-DNS-001', 'recovery.dnsTtl=44s', 1],
  ['IV-DNS-001', 'recovery.dnsTtl=43s', 0],
]

describe('on the edge', () => {
  it.each(settings)('%s with %s: %i', async (id, set, clashes) => {
    expect(clashesOf(id, await load(undefined, { set: [set] }))).toHaveLength(clashes)
  })

  it('stays plain arithmetic whatever is written: no rule throws, none divides by nothing', async () => {
    const count = fc.integer({ min: 0, max: 4 })
    const positive = fc.integer({ min: 1, max: 20_000 })
    const ms = fc.integer({ min: 0, max: 10_000_000 }).map((value) => `${value}ms`)
    const written = fc.record({
      'affinity.ringSlots': positive,
      'affinity.virtualNodesPerServer': positive,
      'affinity.failover.healthCheckInterval': ms,
      'pools.sfu.instances.maximum': fc.integer({ min: 3, max: 20_000 }),
      'pools.sfu.trigger.scaleOut': fc.integer({ min: 41, max: 500 }),
      'growth.y1.gpuNodes': positive,
      'growth.y3.peakConcurrentInterviews': positive,
      'gpu.nodeInterviews': fc.double({ min: 0.01, max: 1000, noNaN: true }),
      'gpu.partition.realTimeGpus': count,
      'gpu.partition.batchGpus': count,
      'retries.batch-processing.maxRetries': fc.integer({ min: 0, max: 60 }),
      'sessions.maxDuration': ms,
      'timeouts.asr': ms,
      'disasterRecovery.outage.rpo': ms,
      'recovery.dnsTtl': ms,
      'regions.eu-west.weight': positive,
    })
    await fc.assert(
      fc.asyncProperty(written, async (values) => {
        const set = Object.entries(values).map(([path, value]) => `${path}=${value}`)
        const { specification: of } = await load(undefined, { file: presetFile(packageRoot, 'literal'), set })
        for (const { message, actual, limit } of lintRules.flatMap((rule) => rule.check(of))) {
          expect(`${message} ${actual} ${limit}`).not.toMatch(/NaN|Infinity|undefined|null/)
        }
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  it('asks a platform of one region for no failover', async () => {
    const one = await load('regions: { us-west: null, eu-west: null }\n')
    expect(lintRules.flatMap((rule) => rule.check(one.specification))).toEqual([])
  })
})

function clashesOf(id: string, { specification: of }: Platform): readonly Clash[] {
  return lintRules.find((rule) => rule.id === id)?.check(of) ?? []
}
