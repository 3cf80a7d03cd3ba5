import {
  breakerPolicy,
  type CallPolicy,
  type ResilienceDocument,
  resilienceVersion,
  retryPolicy,
} from '../../../resilience/document.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import { flows } from '../../rules/network/flows.ts'
import { type WorkName, workOf } from '../../work.ts'

/** Services whose calls are looked after in their own process. The session router is Envoy and has its own guard. */
const callers: readonly WorkName[] = ['sfu', 'conductor', 'evaluation', 'batch']

/** The media server asks speech recognition by itself (Component Failure Handling); it is in no flow between pods. */
const hostFlows = [{ from: 'sfu', to: 'asr' }] as const

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
      [...flows, ...hostFlows]
        .filter(({ from }) => from === service)
        .map(({ to }) => [to, callPolicy(specification, service, to)]),
    ),
  }))
}

function callPolicy(specification: Specification, from: WorkName, to: WorkName): CallPolicy {
  const breaker = breakerOf(specification, to)
  const inInterview = workOf(specification, from).priority === 'CRITICAL' || from === 'sfu'
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

function timeoutOf({ timeouts }: Specification, to: WorkName): number {
  switch (to) {
    case 'asr':
    case 'tts':
    case 'llm':
      return timeouts[to].ms
    case 'fallback-speech':
      return Math.max(timeouts.asr.ms, timeouts.tts.ms)
    default:
      return timeouts.api.ms
  }
}
