import { describe, expect, test } from 'vitest'
import { planResilience } from '../../../src/platform/systems/resilience/plan.ts'
import type { ResilienceDocument } from '../../../src/resilience/document.ts'
import { makeCall } from '../../../src/resilience/call.ts'
import { extraRegion } from '../example.ts'
import { contextOf, planOf, textOf } from './context.ts'

const plan = planOf(planResilience, 'us-east')

function documentOf(service: string): ResilienceDocument {
  return JSON.parse(textOf(plan, `${service}-resilience`, 'resilience.json')) as ResilienceDocument
}

describe('resilience.json', () => {
  test('conductor: ASR timeout 3 s, breaker 5/3/30 s/3, fallback to the second engine', () => {
    expect(documentOf('conductor').calls['asr']).toEqual({
      timeoutMs: 3000,
      retry: { maxRetries: 2, initialDelayMs: 30, maxDelayMs: 200, multiplier: 2, jitter: 0.1 },
      breaker: {
        failureThreshold: 5,
        successThreshold: 3,
        openForMs: 30_000,
        halfOpenRequests: 3,
        fallsBackOn: 'everyFailure',
        counters: 'resetOnChange',
      },
      fallback: 'fallback-speech',
    })
  })

  test('conductor: LLM timeout 5 s, breaker 3/2/60 s/2, fallback to cached questions', () => {
    expect(documentOf('conductor').calls['llm']).toMatchObject({
      timeoutMs: 5000,
      breaker: { failureThreshold: 3, successThreshold: 2, openForMs: 60_000, halfOpenRequests: 2 },
      fallback: 'question-bank',
    })
  })

  test('evaluation retries as batch work does and falls back to nothing', () => {
    const llm = documentOf('evaluation').calls['llm']
    expect(llm).toMatchObject({ retry: { maxRetries: 5, maxDelayMs: 30_000, multiplier: 2 } })
    expect(llm).not.toHaveProperty('fallback')
  })

  test('is what the reference policy is made from, as it stands', () => {
    for (const service of ['conductor', 'evaluation', 'batch']) {
      for (const call of Object.values(documentOf(service).calls)) {
        expect(() => makeCall(call, () => 0.5)).not.toThrow()
      }
    }
  })

  test('is nothing where no interview is led', () => {
    const edge = { regions: { brink: extraRegion('edge') } }
    expect(planResilience(contextOf('brink', edge))).toBeUndefined()
  })
})
