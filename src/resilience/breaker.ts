import { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel'
import { Failure } from '../failure.ts'
import type { BreakerPolicy } from './document.ts'

export type BreakerState = 'closed' | 'open' | 'halfOpen'

export interface Breaker {
  readonly state: BreakerState
  /** @throws BrokenCircuitError without calling `work` while the breaker lets nothing through. */
  execute<Answer>(work: (signal: AbortSignal) => Promise<Answer>, signal?: AbortSignal): Promise<Answer>
}

const states: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
}

/**
 * The breaker of the source document (Circuit Breaker Implementation), counts reset at every change of state: opens
 * after n failures in a row, half-open once MORE than its time has passed, closes when all of its test requests
 * succeed, opens again on the first that fails. The library lets surplus requests of the half-open state wait for
 * the verdict; a candidate cannot, so they are refused like those of the open state and go to the fallback.
 *
 * @throws {Failure} USAGE for numbers that it cannot keep: it closes after as many successes as it lets requests
 * through, so the two must be equal, and it always resets its counts.
 */
export function makeBreaker(policy: BreakerPolicy): Breaker {
  refuseInexact(policy)
  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(policy.failureThreshold),
    // The library compares with ≥ on whole milliseconds, the document with >.
    halfOpenAfter: policy.openForMs + 1,
    halfOpenSampling: { calls: policy.halfOpenRequests, threshold: 0 },
  })
  let tests = 0
  breaker.onHalfOpen(() => {
    tests = 1
  })
  return {
    get state() {
      return states[breaker.state]
    },
    async execute(work, signal) {
      if (breaker.state === CircuitState.HalfOpen) {
        if (tests >= policy.halfOpenRequests)
          throw new BrokenCircuitError('all test requests are on their way')
        tests += 1
      }
      return breaker.execute(({ signal: own }) => work(own), signal)
    },
  }
}

function refuseInexact({ successThreshold, halfOpenRequests, counters }: BreakerPolicy): void {
  if (successThreshold !== halfOpenRequests) {
    throw new Failure(
      'USAGE',
      `a breaker that closes after ${successThreshold} successes cannot let ${halfOpenRequests} test requests through`,
      { next: 'set closesAfterSuccesses and halfOpenRequests to the same number' },
    )
  }
  if (counters === 'kept') {
    throw new Failure(
      'USAGE',
      'a breaker whose counts are kept closes its second recovery after one success',
      {
        next: 'set counters to resetOnChange',
      },
    )
  }
}
