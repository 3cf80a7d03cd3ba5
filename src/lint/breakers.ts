import type { Specification } from '../spec/schema/specification.ts'
import { time } from './numbers.ts'
import type { Clash } from './rule.ts'

type Breaker = Specification['circuitBreakers'][string]

/** The breakers of a service: their names begin with it. */
export function breakersOf({ circuitBreakers }: Specification, service: string): [string, Breaker][] {
  return Object.entries(circuitBreakers).filter(([name]) => name.split('-')[0] === service)
}

/** Breakers whose requests wait longer for their fallback than `limitMs`, one after the other in one session. */
export function slowFallbacks(
  specification: Specification,
  service: 'asr' | 'llm',
  limitMs: number,
): Clash[] {
  const timeout = specification.timeouts[service]
  return breakersOf(specification, service).flatMap(([name, { fallsBackOn, opensAfterFailures }]) => {
    const failures = fallsBackOn === 'openCircuit' ? opensAfterFailures : 1
    const worstMs = failures * timeout.ms
    if (worstMs <= limitMs) return []
    return [
      {
        path: `circuitBreakers.${name}.fallsBackOn`,
        message: `${failures} × ${timeout.toString()} = ${time(worstMs)} > ${time(limitMs)}: one session waits for ${failures} failures in series before it gets its fallback`,
        actual: time(worstMs),
        limit: time(limitMs),
      },
    ]
  })
}
