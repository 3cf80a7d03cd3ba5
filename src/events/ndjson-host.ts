import type { Clock } from '../clock.ts'
import { answer, type AskSettings } from './ask.ts'
import type { Host, Question } from './host.ts'
import { OpenSteps } from './open-steps.ts'
import type { EventId, Payload } from './registry.ts'

/** One line of `--output ndjson`. */
export interface EventLine {
  /** Counts from 1 without gaps: a consumer sees what it missed. */
  seq: number
  /** RFC 3339, UTC. */
  ts: string
  /** Identifier of the event, or `result` on the last line. */
  type: string
  region: string | null
  step: string | null
  data: unknown
}

/** One JSON object per event. The last line has type `result`; a stream without it was cut. */
export class NdjsonHost implements Host {
  readonly #write: (line: string) => void
  readonly #clock: Clock
  readonly #ask: AskSettings
  readonly #steps = new OpenSteps()
  #seq = 0

  constructor(settings: { write: (line: string) => void; ask: AskSettings }, clock: Clock) {
    this.#write = settings.write
    this.#ask = settings.ask
    this.#clock = clock
  }

  notify<I extends EventId>(id: I, data: Payload<I>, region?: string): void {
    const before = this.#steps.current(region)
    this.#steps.see(id, data, { region, nowMs: this.#clock.monotonicMs() })
    const own: unknown = Reflect.get(data, 'step')
    this.#line({
      type: id,
      region: region ?? null,
      step: typeof own === 'string' ? own : (before?.step ?? null),
      data,
    })
  }

  ask(question: Question): Promise<boolean> {
    return answer(question, this.#ask)
  }

  result(envelope: unknown): void {
    this.#line({ type: 'result', region: null, step: null, data: envelope })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #line(line: Omit<EventLine, 'seq' | 'ts'>): void {
    this.#seq += 1
    this.#write(JSON.stringify({ seq: this.#seq, ts: this.#clock.now().toISOString(), ...line }))
  }
}
