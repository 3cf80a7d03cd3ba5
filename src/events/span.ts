import type { Collaborators } from '../collaborators.ts'

export interface SpanInput<T> {
  /** Stable name, such as `preview`. */
  step: string
  /** In words, such as `previewing us-east`. */
  what: string
  region?: string
  /** One phrase about the result, shown with the end of the step. */
  detail?: (result: T) => string
}

type SpanCollaborators = Pick<Collaborators, 'clock' | 'host' | 'signal'>

/** Runs `work` between `step.started` and `step.finished`, so that every long operation is timed in the same way. */
export async function span<T>(input: SpanInput<T>, work: () => Promise<T>, c: SpanCollaborators): Promise<T> {
  const { step, what, region } = input
  const began = c.clock.monotonicMs()
  const elapsed = (): number => Math.round(c.clock.monotonicMs() - began)
  c.host.notify('step.started', { step, what }, region)
  try {
    const result = await work()
    const detail = input.detail?.(result)
    const finished = { step, what, outcome: 'done' as const, durationMs: elapsed() }
    c.host.notify('step.finished', detail === undefined ? finished : { ...finished, detail }, region)
    return result
  } catch (error) {
    const outcome = c.signal.aborted ? ('cancelled' as const) : ('failed' as const)
    c.host.notify('step.finished', { step, what, outcome, durationMs: elapsed() }, region)
    throw error
  }
}
