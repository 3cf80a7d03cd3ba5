import type { EventId, Payload } from './registry.ts'

export type Danger = 'change' | 'destroy'

export interface Question {
  id: string
  /** What will happen if the answer is yes, one sentence. */
  text: string
  danger: Danger
  /** For `destroy`: the exact word that has to be typed (the region's name). */
  expected?: string
}

/**
 * All that the engine and domain code know of whoever is watching: take this message, answer this question.
 * Hosts never throw from `notify`. `ask` answers false on a decline; without anybody to ask it rejects with
 * a `USAGE` failure that names the flag, before any work is done.
 */
export interface Host {
  notify<I extends EventId>(id: I, data: Payload<I>, region?: string): void
  ask(question: Question): Promise<boolean>
}
