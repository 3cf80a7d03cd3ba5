import type { Host, Question } from './host.ts'
import type { EventId, Payload } from './registry.ts'

export interface RecordedEvent {
  id: EventId
  data: object
  region?: string
}

/** The host of tests: keeps what was reported, answers questions from a script (no answer left means a decline). */
export class RecorderHost implements Host {
  readonly events: RecordedEvent[] = []
  readonly questions: Question[] = []
  readonly #answers: boolean[]

  constructor(answers: readonly boolean[] = []) {
    this.#answers = [...answers]
  }

  notify<I extends EventId>(id: I, data: Payload<I>, region?: string): void {
    this.events.push(region === undefined ? { id, data } : { id, data, region })
  }

  ask(question: Question): Promise<boolean> {
    this.questions.push(question)
    return Promise.resolve(this.#answers.shift() ?? false)
  }

  /** Payloads of one kind of event, in order. */
  of<I extends EventId>(id: I): Payload<I>[] {
    return this.events.filter((event) => event.id === id).map((event) => event.data as Payload<I>)
  }
}
