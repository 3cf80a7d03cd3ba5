import { describe, expect, test } from 'vitest'
import type { Autoscaler, Condition, ScaledObject } from '../../src/scale/autoscaler.ts'
import { decisionOf } from '../../src/scale/decision.ts'

const trigger = { metric: 'queueDepth', scope: 'pool', scaleOut: 10, scaleIn: 3 } as const
const able: Condition = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' }
const active: Condition = { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' }

interface Given {
  value?: string
  now?: number
  wanted?: number
  conditions?: Condition[]
}

function autoscaler({ value = '7', now = 5, wanted = 5, conditions = [able, active] }: Given): Autoscaler {
  return {
    metadata: { name: 'keda-hpa-asr', namespace: 'speech' },
    spec: { minReplicas: 5, maxReplicas: 20, scaleTargetRef: { kind: 'Deployment', name: 'asr' } },
    status: {
      currentReplicas: now,
      desiredReplicas: wanted,
      lastScaleTime: '2026-11-25T10:00:00Z',
      currentMetrics: [
        { type: 'External', external: { metric: { name: 's0-prometheus' }, current: { value } } },
      ],
      conditions,
    },
  }
}

const decide = (given: Given, scaledObject?: ScaledObject) =>
  decisionOf({ trigger, autoscaler: autoscaler(given), scaledObject })

describe('what an autoscaler decides', () => {
  test.each([
    { place: 'inside', given: { value: '7' }, state: 'holding', reason: '7 is between 3 and 10' },
    { place: 'on the edge of', given: { value: '10' }, state: 'holding', reason: '10 is between 3 and 10' },
    {
      place: 'above',
      given: { value: '25', wanted: 10 },
      state: 'growing',
      reason: '25 is above 10: 5 → 10',
    },
    {
      place: 'below',
      given: { value: '2500m', now: 8, wanted: 7 },
      state: 'shrinking',
      reason: '2.5 is below 3: 8 → 7',
    },
  ])('$place the band', ({ given, state, reason }) => {
    expect(decide(given)).toMatchObject({ state, reason, minimum: 5, maximum: 20 })
  })

  test('what its policies, windows and bounds hold back is said in its own words', () => {
    const message = 'the desired replica count is more than the maximum replica count'
    const limited: Condition = { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message }
    const conditions = [able, active, limited]
    expect(decide({ value: '99', now: 20, wanted: 20, conditions })).toMatchObject({
      state: 'limited',
      reason: `99 is above 10, and ${message}`,
    })
    // At the minimum with nothing to do, the same condition is no news.
    expect(decide({ value: '5', conditions })).toMatchObject({ state: 'holding' })
    const window = 'recent recommendations were higher than current one'
    const stabilized: Condition = { ...able, reason: 'ScaleDownStabilized', message: window }
    expect(decide({ value: '1', now: 8, wanted: 8, conditions: [stabilized, active] })).toMatchObject({
      state: 'limited',
      reason: `1 is below 3, and ${window}`,
    })
  })
})

describe('an unknown metric', () => {
  const since = '2026-11-25T09:58:00Z'

  test('is unknown since a time, never a number', () => {
    const message = 'unable to get external metric speech/s0-prometheus'
    const blind: Condition = { type: 'ScalingActive', status: 'False', message, lastTransitionTime: since }
    expect(decide({ conditions: [able, blind] })).toMatchObject({
      state: 'unknown',
      value: null,
      unknownSince: since,
      reason: `${message}: nothing scales in`,
    })
  })

  test('that KEDA replaces by its fallback is unknown as well, though the autoscaler sees a value', () => {
    const fallback: Condition = {
      type: 'Fallback',
      status: 'True',
      message: 'fallback',
      lastTransitionTime: since,
    }
    const scaledObject = {
      metadata: { name: 'asr', namespace: 'speech' },
      status: { conditions: [fallback] },
    }
    expect(decide({}, scaledObject)).toMatchObject({ state: 'unknown', value: null, unknownSince: since })
  })

  test('an autoscaler that has not looked yet knows nothing', () => {
    const { status: _, ...fresh } = autoscaler({})
    expect(decisionOf({ trigger, autoscaler: fresh, scaledObject: undefined })).toMatchObject({
      state: 'unknown',
    })
  })
})

test('a pool whose ScaledObject got no answer has no autoscaler yet: unknown, with the reason', () => {
  const message = 'ScaledObject does not have correct triggers specification'
  const ready: Condition = {
    type: 'Ready',
    status: 'False',
    message,
    lastTransitionTime: '2026-11-25T09:58:00Z',
  }
  const scaledObject = { metadata: { name: 'asr', namespace: 'speech' }, status: { conditions: [ready] } }
  expect(decisionOf({ trigger, autoscaler: undefined, scaledObject })).toMatchObject({
    state: 'unknown',
    unknownSince: '2026-11-25T09:58:00Z',
    reason: `${message}; KEDA has made no autoscaler yet: nothing scales`,
  })
})

test('a pool without an autoscaler is unscaled, and paused where somebody stopped KEDA', () => {
  expect(decisionOf({ trigger, autoscaler: undefined, scaledObject: undefined })).toMatchObject({
    state: 'unscaled',
    reason: 'no autoscaler acts on it',
  })
  const annotations = { 'autoscaling.keda.sh/paused-scale-in': 'true' }
  const paused = { metadata: { name: 'asr', namespace: 'speech', annotations } }
  expect(decide({}, paused)).toMatchObject({ state: 'paused', value: 7 })
  expect(decisionOf({ trigger, autoscaler: undefined, scaledObject: paused })).toMatchObject({
    state: 'paused',
  })
})
