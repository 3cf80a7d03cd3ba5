import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeCall, RetryableError } from '../../src/resilience/call.ts'
import { breakerPolicy, type CallPolicy, retryPolicy } from '../../src/resilience/document.ts'
import { retryDelayMs, retrySchedule } from '../../src/resilience/schedule.ts'
import { examplePlatform } from '../platform/example.ts'

const { circuitBreakers, retries, timeouts } = examplePlatform().specification
const literal = { 'real-time-critical': { initialDelay: '50ms' }, 'batch-processing': { initialDelay: '1s' } }
const documented = examplePlatform({ retries: literal }).specification.retries

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('Retry Strategy with Exponential Backoff', () => {
  test.each([
    ['default', [100, 200, 400]],
    ['real-time-critical', [50, 100]],
    ['batch-processing', [1000, 2000, 4000, 8000, 16_000]],
  ] as const)('%s waits %j ms', (name, waits) => {
    expect(retrySchedule(retryPolicy(documented[name]))).toEqual(waits)
  })

  test('with the resolved first delays the waits fit into their classes', () => {
    expect(retrySchedule(retryPolicy(retries['real-time-critical']))).toEqual([30, 60])
    expect(retrySchedule(retryPolicy(retries['batch-processing']))).toEqual([125, 250, 500, 1000, 2000])
  })

  test('jitter is ±10 % of the capped wait, evenly', () => {
    const policy = retryPolicy(documented.default)
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (retry, random) => {
          const plain = Math.min(100 * 2 ** retry, 5000)
          expect(retryDelayMs(policy, retry, random)).toBeCloseTo(plain * (0.9 + 0.2 * random), 6)
        },
      ),
    )
  })
})

const asr: CallPolicy = {
  timeoutMs: timeouts.asr.ms,
  retry: retryPolicy(documented.default),
  breaker: breakerPolicy(circuitBreakers['asr-primary'] ?? never()),
  fallback: 'fallback-speech',
}

/** Runs a call to its end in fake time; every attempt's instant, and the outcome. */
async function run(
  policy: CallPolicy,
  answers: readonly ('ok' | 'again' | 'broken' | 'hangs')[],
  random = 0.5,
) {
  const call = makeCall<string>(policy, () => random)
  const attempts: number[] = []
  const started = Date.now()
  const outcome = call
    .run(
      () => {
        const answer = answers[attempts.length]
        attempts.push(Date.now() - started)
        if (answer === 'ok') return Promise.resolve('primary')
        if (answer === 'hangs') return new Promise(() => {})
        return Promise.reject(answer === 'again' ? new RetryableError('busy') : new Error('broken'))
      },
      policy.fallback === undefined ? undefined : () => Promise.resolve('fallback'),
    )
    .then(
      (answer) => answer,
      (error: Error) => error.message,
    )
  await vi.runAllTimersAsync()
  return { attempts, outcome: await outcome, call }
}

describe('a call', () => {
  test('is tried again after 100, 200 and 400 ms, and then given up', async () => {
    const { fallback: _, ...reporting } = asr
    const { attempts, outcome } = await run(reporting, ['again', 'again', 'again', 'again', 'ok'])
    expect(attempts).toEqual([0, 100, 300, 700])
    expect(outcome).toBe('busy')
  })

  test('stretches its waits by the jitter and no more', async () => {
    const { attempts } = await run(asr, ['again', 'again', 'ok'], 1)
    expect(attempts).toEqual([0, 110, 330])
  })

  test('is not tried again for an error that is not retryable', async () => {
    expect(await run(asr, ['broken', 'ok'])).toMatchObject({ attempts: [0], outcome: 'fallback' })
  })

  test('gets its fallback after the first timeout of 3s: ASR falls back within 5s', async () => {
    const started = Date.now()
    const { attempts, outcome } = await run(asr, ['hangs', 'ok'])
    expect(attempts).toEqual([0])
    expect(outcome).toBe('fallback')
    expect(Date.now() - started).toBe(3000)
  })

  test('with openCircuit gets the fallback only while the breaker is open', async () => {
    const breaker = { ...(asr.breaker ?? never()), fallsBackOn: 'openCircuit' as const }
    const call = makeCall<string>({ ...asr, breaker }, () => 0.5)
    const outcomes: string[] = []
    for (let index = 0; index < 7; index += 1) {
      const failing = call.run(
        () => Promise.reject(new Error('broken')),
        () => Promise.resolve('fallback'),
      )
      outcomes.push(await failing.catch((error: Error) => error.message))
    }
    expect(outcomes).toEqual([...Array(5).fill('broken'), 'fallback', 'fallback'])
    expect(call.breaker?.state).toBe('open')
  })

  test('is not repeated against an open breaker', async () => {
    const { fallback: _, ...reporting } = asr
    const { call } = await run(reporting, Array(5).fill('broken'))
    for (let index = 0; index < 4; index += 1)
      await call.run(() => Promise.reject(new Error('x'))).catch(() => {})
    let called = false
    const refused = call.run(async () => {
      called = true
      return 'primary'
    })
    await expect(refused).rejects.toThrow('breaker')
    expect(called).toBe(false)
  })
})

function never(): never {
  throw new Error('the example has no such row')
}
