import { assumed, documented } from './sourced.ts'

const breaker = 'Circuit Breaker Implementation'

export const circuitBreakers = {
  'asr-primary': documented(`${breaker}: asr_primary`, {
    opensAfterFailures: 5,
    closesAfterSuccesses: 3,
    openFor: '30s',
    halfOpenRequests: 3,
  }),
  'llm-api': documented(`${breaker}: llm_api`, {
    opensAfterFailures: 3,
    closesAfterSuccesses: 2,
    openFor: '60s',
    halfOpenRequests: 2,
  }),
  'tts-primary': documented(`${breaker}: tts_primary`, {
    opensAfterFailures: 5,
    closesAfterSuccesses: 3,
    openFor: '30s',
    halfOpenRequests: 3,
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
    initialDelay: '50ms',
    maxDelay: '200ms',
    multiplier: 2,
    jitterPercent: sameJitter,
  }),
  'batch-processing': documented(`${retry}: batch_processing`, {
    maxRetries: 5,
    initialDelay: '1s',
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
