import { assumed, documented, resolved } from './sourced.ts'

/** What the pseudo-code of the document leaves out. */
const sound = {
  fallsBackOn: documented('Component Failure Handling: fallback after the first timeout', 'everyFailure'),
  counters: resolved(
    'IV-BREAKER-003',
    'Circuit Breaker Implementation: no count is ever reset',
    'resetOnChange',
  ),
}

const breaker = 'Circuit Breaker Implementation'

export const circuitBreakers = {
  'asr-primary': documented(`${breaker}: asr_primary`, {
    opensAfterFailures: 5,
    closesAfterSuccesses: 3,
    openFor: '30s',
    halfOpenRequests: 3,
    ...sound,
  }),
  'llm-api': documented(`${breaker}: llm_api`, {
    opensAfterFailures: 3,
    closesAfterSuccesses: 2,
    openFor: '60s',
    halfOpenRequests: 2,
    ...sound,
  }),
  'tts-primary': documented(`${breaker}: tts_primary`, {
    opensAfterFailures: 5,
    closesAfterSuccesses: 3,
    openFor: '30s',
    halfOpenRequests: 3,
    ...sound,
  }),
}

const retry = 'Retry Strategy with Exponential Backoff'
const sameJitter = assumed('the jitter of the default policy', 10)

export const retries = {
  default: documented(`${retry}: default`, {
    maxRetries: 3,
    initialDelay: '100ms',
    maxDelay: '5s',
    multiplier: 2,
    jitterPercent: 10,
  }),
  'real-time-critical': documented(`${retry}: real_time_critical`, {
    maxRetries: 2,
    initialDelay: resolved('IV-BUDGET-001', `${retry}: initial_delay_ms 50`, '30ms'),
    maxDelay: '200ms',
    multiplier: 2,
    jitterPercent: sameJitter,
  }),
  'batch-processing': documented(`${retry}: batch_processing`, {
    maxRetries: 5,
    initialDelay: resolved('IV-BUDGET-002', `${retry}: initial_delay_ms 1000`, '125ms'),
    maxDelay: '30s',
    multiplier: 2,
    jitterPercent: sameJitter,
  }),
}

export const timeouts = {
  asr: documented('Component Failure Handling: Timeout (3s)', '3s'),
  tts: assumed('as speech recognition', '3s'),
  llm: documented('Degradation Triggers: LLM timeout >5s', '5s'),
  api: assumed('longer than the slowest request behind it', '10s'),
}
