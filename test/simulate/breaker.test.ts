import { describe, expect, it } from 'vitest'
import { Breaker } from '../../src/simulate/model/breaker.ts'

const policy = {
  failureThreshold: 5,
  successThreshold: 3,
  openForMs: 30_000,
  halfOpenRequests: 3,
  fallsBackOn: 'everyFailure',
  counters: 'resetOnChange',
} as const

function opened(counters: 'resetOnChange' | 'kept' = 'resetOnChange'): Breaker {
  const breaker = new Breaker({ ...policy, counters })
  for (let count = 0; count < 5; count += 1) breaker.failed(0)
  return breaker
}

describe('a circuit breaker in virtual time', () => {
  it('opens after five failures in a row', () => {
    const breaker = new Breaker(policy)
    for (let count = 0; count < 4; count += 1) breaker.failed(0)
    breaker.succeeded(0)
    for (let count = 0; count < 4; count += 1) breaker.failed(0)
    expect(breaker.state).toBe('closed')
    breaker.failed(0)
    expect(breaker.state).toBe('open')
  })

  it('lets three through once more than its time has passed, and closes after three successes', () => {
    const breaker = opened()
    expect(breaker.allows(30_000)).toBe(false)
    expect([1, 2, 3, 4].map(() => breaker.allows(30_001))).toEqual([true, true, true, false])
    breaker.succeeded(30_100)
    breaker.succeeded(30_100)
    expect(breaker.state).toBe('halfOpen')
    breaker.succeeded(30_100)
    expect(breaker.state).toBe('closed')
  })

  it('opens again on the first failure of a test', () => {
    const breaker = opened()
    breaker.allows(30_001)
    breaker.failed(33_001)
    expect([breaker.state, breaker.opened, breaker.allows(63_001)]).toEqual(['open', 2, false])
  })

  it('is not stuck where callers leave with its tests', () => {
    const breaker = opened()
    for (let count = 0; count < 3; count += 1) breaker.allows(30_001)
    expect([breaker.allows(60_000), breaker.allows(60_002)]).toEqual([false, true])
  })

  it('closes the second time after one success where counts are kept, as the document has it', () => {
    const breaker = opened('kept')
    breaker.allows(30_001)
    for (let count = 0; count < 3; count += 1) breaker.succeeded(30_001)
    expect(breaker.state).toBe('closed')
    breaker.failed(31_000)
    expect(breaker.state).toBe('open')
    breaker.allows(61_001)
    breaker.succeeded(61_001)
    expect(breaker.state).toBe('closed')
  })
})
