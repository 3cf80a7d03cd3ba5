import type { EventId, Payload } from './registry.ts'

export interface OpenStep {
  step: string
  what: string
  region: string | undefined
  sinceMs: number
}

interface StepPayload {
  step: string
  what: string
}

/** Which steps began and have not ended, from the events alone. Shared by all hosts, so that they agree. */
export class OpenSteps {
  readonly #open = new Map<string, OpenStep>()

  see<I extends EventId>(id: I, data: Payload<I>, at: { region: string | undefined; nowMs: number }): void {
    if (id !== 'step.started' && id !== 'step.finished') return
    const { step, what } = data as StepPayload
    const key = `${at.region ?? ''}/${step}`
    if (id === 'step.finished') this.#open.delete(key)
    else this.#open.set(key, { step, what, region: at.region, sinceMs: at.nowMs })
  }

  /** The step that began last in that region. */
  current(region: string | undefined): OpenStep | undefined {
    return [...this.#open.values()].findLast((open) => open.region === region)
  }

  oldest(): OpenStep | undefined {
    return this.#open.values().next().value
  }
}
