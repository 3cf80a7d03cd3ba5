import {
  breakerPolicy,
  type CallPolicy,
  type ResilienceDocument,
  resilienceVersion,
  retryPolicy,
} from '../../../resilience/document.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import { callers } from '../../rules/policy-files.ts'
import { flows } from '../../rules/network/flows.ts'
import { type WorkName, workOf } from '../../work.ts'

/** What answers instead of a called service; a service that is not here has no substitute. */
const fallbacks: Readonly<Partial<Record<WorkName, string>>> = {
  asr: 'fallback-speech',
  tts: 'fallback-speech',
  llm: 'question-bank',
}

/** One `resilience.json` per calling service, in the order of `callers`. */
export function resilienceDocuments(specification: Specification): ResilienceDocument[] {
  return callers.map((service) => ({
    apiVersion: resilienceVersion,
    kind: 'ResiliencePolicy',
    service,
    calls: Object.fromEntries(
      flows
        .filter(({ from }) => from === service)
        .map(({ to }) => [to, callPolicy(specification, service, to)]),
    ),
  }))
}

function callPolicy(specification: Specification, from: WorkName, to: WorkName): CallPolicy {
  const breaker = breakerOf(specification, to)
  const inInterview = workOf(specification, from).priority === 'CRITICAL'
  // People wait for no other answer than the interview's own: what follows it has no question bank to fall back to.
  const fallback = inInterview ? fallbacks[to] : undefined
  return {
    timeoutMs: timeoutOf(specification, to),
    retry: retryPolicy(specification.retries[inInterview ? 'real-time-critical' : 'batch-processing']),
    ...(breaker ? { breaker: breakerPolicy(breaker) } : {}),
    ...(fallback === undefined ? {} : { fallback }),
  }
}

/** A breaker belongs to the service that its name begins with: `llm-api` guards `llm`. */
function breakerOf({ circuitBreakers }: Specification, to: WorkName) {
  return Object.entries(circuitBreakers).find(([name]) => name.split('-')[0] === to)?.[1]
}

/** What falls back is waited for as long as what it stands in for. */
function timeoutOf({ timeouts }: Specification, to: WorkName): number {
  if (to === 'asr' || to === 'tts' || to === 'llm') return timeouts[to].ms
  if (to === 'fallback-speech') return Math.max(timeouts.asr.ms, timeouts.tts.ms)
  return timeouts.api.ms
}
