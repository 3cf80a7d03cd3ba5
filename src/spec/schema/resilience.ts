import { z } from 'zod'
import { duration, count, label, percent, positive } from './scalars.ts'

export const circuitBreaker = z.strictObject({
  opensAfterFailures: positive.describe('failures in a row before it opens'),
  closesAfterSuccesses: positive.describe('successes in half-open before it closes'),
  openFor: duration.describe('time in open state before it lets a test request through'),
  halfOpenRequests: positive.describe('test requests let through in half-open state'),
  fallsBackOn: z
    .enum(['everyFailure', 'openCircuit'])
    .optional()
    .describe('when a request gets its fallback: as soon as it fails, or only while the breaker is open'),
  counters: z
    .enum(['resetOnChange', 'kept'])
    .optional()
    .describe('whether successes and test requests are counted anew after every change of state'),
})

export const circuitBreakers = z.record(label, circuitBreaker)

export const retryPolicy = z.strictObject({
  maxRetries: count.describe('attempts after the first'),
  initialDelay: duration.describe('wait before the first retry'),
  maxDelay: duration.describe('longest wait between two attempts'),
  multiplier: z.number().min(1).describe('each wait is this many times the one before'),
  jitterPercent: percent.describe('each wait is varied at random by up to this share, up or down'),
})

export const retries = z.strictObject({
  default: retryPolicy.describe('everything that names no other policy'),
  'real-time-critical': retryPolicy.describe('active interviews'),
  'batch-processing': retryPolicy.describe('evaluation'),
})

export const timeouts = z.strictObject({
  asr: duration.describe('the SFU gives up on speech recognition'),
  tts: duration.describe('the conductor gives up on speech synthesis'),
  llm: duration.describe('the conductor switches to predefined questions'),
  api: duration.describe('an API request is answered or refused'),
})
