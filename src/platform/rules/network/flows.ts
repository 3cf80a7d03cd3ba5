import type { WorkName } from '../../work.ts'

export interface Flow {
  from: WorkName
  to: WorkName
}

/**
 * Who calls whom; everything else stays closed. The session router hands a session's signalling to its conductor. The
 * conductor leads the interview, so it listens through asr, thinks through llm and speaks through tts, falls back to
 * the second speech engines when a circuit breaker opens, has the session recorded, and tells the candidate about
 * interruptions. Evaluation and batch work score with llm afterwards.
 */
export const flows: readonly Flow[] = [
  { from: 'session-router', to: 'conductor' },
  { from: 'conductor', to: 'asr' },
  { from: 'conductor', to: 'tts' },
  { from: 'conductor', to: 'llm' },
  { from: 'conductor', to: 'fallback-speech' },
  { from: 'conductor', to: 'recording' },
  { from: 'conductor', to: 'notification' },
  { from: 'evaluation', to: 'llm' },
  { from: 'batch', to: 'llm' },
]
