/** Where an object stands on its way to being usable. */
export type Verdict =
  | { state: 'ready' }
  /** `reason` is one short line for people: `2/3 pods ready`. */
  | { state: 'waiting'; reason: string }
  /** It will not get there by itself. */
  | { state: 'failed'; reason: string }

export const ready: Verdict = { state: 'ready' }

export function waiting(reason: string): Verdict {
  return { state: 'waiting', reason }
}

export function failed(reason: string): Verdict {
  return { state: 'failed', reason }
}
