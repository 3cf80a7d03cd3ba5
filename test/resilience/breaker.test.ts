import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeBreaker } from '../../src/resilience/breaker.ts'
import { breakerPolicy, type BreakerPolicy } from '../../src/resilience/document.ts'
import { examplePlatform } from '../platform/example.ts'
import { pseudoCode } from './model.ts'

const { circuitBreakers } = examplePlatform().specification

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const rows = Object.entries(circuitBreakers).map(([name, row]) => ({ name, policy: breakerPolicy(row) }))

/** Waits of 0 to twice the open time, its exact end and the millisecond after it among them. */
function steps(policy: BreakerPolicy) {
  const { openForMs } = policy
  const wait = fc.oneof(fc.nat(openForMs * 2), fc.constantFrom(0, openForMs, openForMs + 1))
  return fc.array(fc.record({ wait, succeeds: fc.boolean() }), { maxLength: 40 })
}

async function answerOf(breaker: ReturnType<typeof makeBreaker>, succeeds: boolean) {
  let called = false
  const work = async (): Promise<void> => {
    called = true
    if (!succeeds) throw new Error('the service failed')
  }
  await breaker.execute(work).catch(() => {})
  return { called, state: breaker.state }
}

describe('Circuit Breaker Implementation', () => {
  test('asr_primary 5/3/30s/3, llm_api 3/2/60s/2, tts_primary 5/3/30s/3', () => {
    const numbers = rows.map(({ name, policy }) => [
      name,
      policy.failureThreshold,
      policy.successThreshold,
      policy.openForMs,
      policy.halfOpenRequests,
    ])
    expect(numbers).toEqual([
      ['asr-primary', 5, 3, 30_000, 3],
      ['llm-api', 3, 2, 60_000, 2],
      ['tts-primary', 5, 3, 30_000, 3],
    ])
  })

  test.each(rows)(
    '$name does what the corrected pseudo-code does, request by request',
    async ({ policy }) => {
      await fc.assert(
        fc.asyncProperty(steps(policy), async (sequence) => {
          const model = pseudoCode(policy, true)
          const breaker = makeBreaker(policy)
          for (const { wait, succeeds } of sequence) {
            vi.setSystemTime(Date.now() + wait)
            expect(await answerOf(breaker, succeeds)).toEqual(model(Date.now(), succeeds))
          }
        }),
        { numRuns: 150 },
      )
    },
  )

  test('the uncorrected pseudo-code is left by its second recovery, after one success', async () => {
    const policy = rows[0]?.policy
    if (!policy) throw new Error('no breaker')
    const literal = pseudoCode(policy, false)
    const breaker = makeBreaker(policy)
    const fail = Array.from({ length: 5 }, () => ({ wait: 0, succeeds: false }))
    const recover = [{ wait: 30_001, succeeds: true }, ...Array(2).fill({ wait: 0, succeeds: true })]
    const firstLife = [...fail, ...recover, { wait: 0, succeeds: true }, ...fail]
    for (const { wait, succeeds } of firstLife) {
      vi.setSystemTime(Date.now() + wait)
      expect(await answerOf(breaker, succeeds)).toEqual(literal(Date.now(), succeeds))
    }
    vi.setSystemTime(Date.now() + 30_001)
    expect(literal(Date.now(), true).state).toBe('closed')
    expect((await answerOf(breaker, true)).state).toBe('halfOpen')
  })

  test.each(rows)(
    '$name lets no more test requests through than it may, however many come',
    async ({ policy }) => {
      const breaker = makeBreaker(policy)
      for (let failure = 0; failure < policy.failureThreshold; failure += 1) await answerOf(breaker, false)
      vi.setSystemTime(Date.now() + policy.openForMs + 1)
      const gate = Promise.withResolvers<void>()
      let called = 0
      const work = (): Promise<void> => {
        called += 1
        return gate.promise
      }
      const burst = Array.from({ length: 20 }, () =>
        breaker.execute(work).then(
          () => 'through',
          () => 'refused',
        ),
      )
      gate.resolve()
      const outcomes = await Promise.all(burst)
      expect(called).toBe(policy.halfOpenRequests)
      expect(outcomes.filter((outcome) => outcome === 'through')).toHaveLength(policy.halfOpenRequests)
      expect(breaker.state).toBe('closed')
    },
  )

  test('success_threshold ≠ half_open_requests is refused: no breaker keeps both', () => {
    const policy = breakerPolicy(examplePlatform().specification.circuitBreakers['asr-primary'] ?? never())
    expect(() => makeBreaker({ ...policy, successThreshold: 2 })).toThrow('cannot let 3 test requests')
    expect(() => makeBreaker({ ...policy, counters: 'kept' })).toThrow('kept')
  })
})

function never(): never {
  throw new Error('the example has no such breaker')
}
