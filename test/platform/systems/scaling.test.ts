import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { AutoscalerObject } from '../../../src/platform/kubernetes.ts'
import { planApi } from '../../../src/platform/systems/api.ts'
import { planEvaluation } from '../../../src/platform/systems/evaluation.ts'
import { planInference } from '../../../src/platform/systems/inference/plan.ts'
import type { ScaledObject } from '../../../src/platform/systems/kinds/keda.ts'
import { planMedia } from '../../../src/platform/systems/media/plan.ts'
import { planSpeech } from '../../../src/platform/systems/speech.ts'
import type { SystemPlanner } from '../../../src/platform/systems/system-plan.ts'
import { metricNamed } from '../../../src/platform/metrics/catalogue.ts'
import { extraRegion } from '../example.ts'
import { contextOf } from './context.ts'

const planners: Readonly<Record<string, SystemPlanner>> = {
  sfu: planMedia,
  asr: planSpeech,
  tts: planSpeech,
  llm: planInference,
  evaluation: planEvaluation,
}

function scaled(pool: string, changes: Record<string, unknown> = {}): ScaledObject['spec'] {
  const plan = planners[pool]?.(contextOf('us-east', changes))
  const found = plan?.objects.find(({ kind, metadata }) => kind === 'ScaledObject' && metadata.name === pool)
  if (!found) throw new Error(`no ScaledObject ${pool}`)
  return (found as ScaledObject).spec
}

const old = { regions: { 'us-east': { kubernetesVersion: '1.34' } } }

describe('Scaling Triggers and Thresholds', () => {
  test.each([
    ['SFU Servers >80 sessions / <40 sessions, min 3', 'sfu', '80', 'AverageValue', '500m', 3],
    ['ASR Workers >10 pending / <3 pending, min 5', 'asr', '10', 'Value', '701m', 5],
    ['TTS Workers >10 pending / <3 pending, min 5', 'tts', '10', 'Value', '701m', 5],
    ['LLM Inference >75% / <40%, min 2 nodes', 'llm', '75', 'Value', '467m', 2],
    ['Eval Workers >50 pending / <10 pending, min 3', 'evaluation', '50', 'Value', '801m', 3],
  ] as const)('%s', (_row, pool, ...expected) => {
    const [target, metricType, toleranceIn, minimum] = expected
    const { triggers, advanced, minReplicaCount } = scaled(pool)
    const { scaleUp, scaleDown } = advanced.horizontalPodAutoscalerConfig.behavior
    expect(triggers[0]).toMatchObject({ type: 'prometheus', metricType, metadata: { threshold: target } })
    expect(scaleUp.tolerance).toBe('0')
    expect(scaleDown.tolerance).toBe(toleranceIn)
    expect(minReplicaCount).toBe(minimum)
    expect(advanced.scalingModifiers).toBeUndefined()
  })

  test('API Servers >70% / <30%, min 3', () => {
    const [autoscaler] = planApi(contextOf('us-east'))?.objects ?? []
    expect((autoscaler as AutoscalerObject).spec).toMatchObject({
      minReplicas: 3,
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70 } } }],
      behavior: { scaleUp: { tolerance: '0' }, scaleDown: { tolerance: '572m' } },
    })
  })

  test.each(Object.keys(planners))('%s: a measurement that is missing is never read as nothing', (pool) => {
    const { triggers, fallback, minReplicaCount, advanced } = scaled(pool)
    for (const { metadata } of triggers) expect(metadata.ignoreNullValues).toBe('false')
    expect(fallback).toEqual({
      failureThreshold: 3,
      replicas: minReplicaCount,
      behavior: 'currentReplicasIfHigher',
    })
    expect(advanced.restoreToOriginalReplicaCount).toBe(false)
  })

  test.each(Object.keys(planners))('%s: everything in a trigger is text', (pool) => {
    for (const { metadata } of scaled(pool).triggers) {
      expect(Object.values(metadata).map((value) => typeof value)).toEqual(Array(4).fill('string'))
    }
  })

  test.each(Object.keys(planners))(
    '%s: the autoscaler asks what the catalogue says, and its own region',
    (pool) => {
      for (const { metadata } of scaled(pool).triggers) {
        expect(metadata.serverAddress).toBe('http://prometheus-operated.monitoring.svc:9090')
      }
      expect(scaled('sfu').triggers[0]?.metadata.query).toBe(metricNamed('interview', 'sfu-sessions').query)
    },
  )

  test('LLM Inference: waiting requests count beside the utilization, in the same band', () => {
    const [, waiting] = scaled('llm').triggers
    expect(waiting).toMatchObject({ name: 'pending', metricType: 'Value', metadata: { threshold: '15' } })
  })

  test('LLM Inference: of two bands the wider one decides what is given back', () => {
    const besides = { metric: 'queueDepth', scaleOut: 100, scaleIn: 10 }
    const { advanced } = scaled('llm', { pools: { llm: { trigger: { besides } } } })
    expect(advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.tolerance).toBe('901m')
  })

  test('a queue that is said per instance is divided by the instances', () => {
    const { triggers } = scaled('asr', { pools: { asr: { trigger: { scope: 'perReplica' } } } })
    expect(triggers[0]?.metricType).toBe('AverageValue')
  })

  test('SFU servers and GPU nodes are given back one at a time, ten minutes after the load went', () => {
    for (const pool of ['sfu', 'llm']) {
      expect(scaled(pool).advanced.horizontalPodAutoscalerConfig.behavior.scaleDown).toMatchObject({
        stabilizationWindowSeconds: 600,
        policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
      })
    }
  })
})

describe('on Kubernetes below 1.35', () => {
  test.each([
    ['asr', '(pending > 10 ? max(pending, 11.2) : (pending < 3 ? pending : 10))', '10'],
    ['evaluation', '(pending > 50 ? max(pending, 56) : (pending < 10 ? pending : 50))', '50'],
    ['sfu', '(sessions > 80 ? max(sessions, 89.6) : (sessions < 40 ? sessions : 80))', '80'],
  ])('%s: a formula makes the band', (pool, formula, target) => {
    const { advanced, triggers } = scaled(pool, old)
    expect(advanced.scalingModifiers).toEqual({ formula, target, metricType: 'Value' })
    expect(triggers.map(({ metricType }) => metricType)).toEqual(['Value'])
    expect(JSON.stringify(advanced)).not.toContain('tolerance')
  })

  test('llm: the higher of two shares decides', () => {
    expect(scaled('llm', old).advanced.scalingModifiers).toEqual({
      formula:
        'max((utilization > 75 ? max(utilization * 100 / 75, 112) : (utilization < 40 ? utilization * 100 / 75 : 100)), ' +
        '(pending > 15 ? max(pending * 100 / 15, 112) : (pending < 8 ? pending * 100 / 15 : 100)))',
      target: '100',
      metricType: 'Value',
    })
  })

  test('every name in a formula is the name of a trigger', () => {
    for (const pool of Object.keys(planners)) {
      const { advanced, triggers } = scaled(pool, old)
      const used = new Set(
        advanced.scalingModifiers?.formula.match(/[a-z]+/g)?.filter((name) => name !== 'max'),
      )
      expect([...used].toSorted()).toEqual(triggers.map(({ name }) => name).toSorted())
    }
  })

  test('sessions are asked per server, because a formula does not know how many there are', () => {
    expect(scaled('sfu', old).triggers[0]?.metadata.query).toMatch(/^avg\(sum by \(pod\)/)
  })

  test.each([
    [0, 'in'],
    [2.99, 'in'],
    [3, 'hold'],
    [10, 'hold'],
    [10.01, 'out'],
    [11, 'out'],
    [500, 'out'],
  ])('a queue of %d acts as it does above 1.35: %s', (pending, expected) => {
    const formula = scaled('asr', old).advanced.scalingModifiers?.formula ?? ''
    // The expression language of KEDA and JavaScript agree on these operators.
    const value = runInNewContext(formula, { pending, max: Math.max }) as number
    const ratio = value / 10
    // The autoscaler of those clusters does nothing within a tenth of its target.
    expect(Math.abs(ratio - 1) <= 0.1 ? 'hold' : ratio > 1 ? 'out' : 'in').toBe(expected)
  })
})

describe('regions without a pool', () => {
  test.each(['edge', 'dr'])('a region of the role %s has no autoscaler for what it does not run', (role) => {
    const context = contextOf('extra', { regions: { extra: extraRegion(role) } })
    expect([planSpeech(context), planInference(context), planEvaluation(context), planApi(context)]).toEqual(
      Array(4).fill(undefined),
    )
    expect(planMedia(context) === undefined).toBe(role === 'dr')
  })
})
