import type { Clock } from '../clock.ts'
import { answer, type AskSettings } from './ask.ts'
import type { Level } from './define.ts'
import type { Host, Question } from './host.ts'
import { atLeast } from './level.ts'
import { OpenSteps } from './open-steps.ts'
import { type EventId, levelOf, type Payload, textOf } from './registry.ts'

export interface PlainHostSettings {
  write: (line: string) => void
  /** Lines below it are not written. */
  level: Level
  ask: AskSettings
}

/** A pipeline's log should never be silent for longer: some runners end a job that says nothing. */
const heartbeatMs = 15_000
const tickMs = 1000

/** One line per event, for pipes, files and CI, with a heartbeat while a long step says nothing. */
export class PlainHost implements Host {
  readonly #settings: PlainHostSettings
  readonly #clock: Clock
  readonly #steps = new OpenSteps()
  readonly #heartbeat: { stop(): void }
  #lastLineMs: number

  constructor(settings: PlainHostSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#lastLineMs = clock.monotonicMs()
    this.#heartbeat = clock.every(tickMs, () => this.#beat())
  }

  notify<I extends EventId>(id: I, data: Payload<I>, region?: string): void {
    this.#steps.see(id, data, { region, nowMs: this.#clock.monotonicMs() })
    const level = levelOf(id)
    if (!atLeast(level, this.#settings.level)) return
    const mark = level === 'warning' || level === 'error' ? `${level}: ` : ''
    this.#line(`${region === undefined ? '' : `${region}: `}${mark}${textOf(id, data)}`)
  }

  ask(question: Question): Promise<boolean> {
    return answer(question, this.#settings.ask)
  }

  close(): Promise<void> {
    this.#heartbeat.stop()
    return Promise.resolve()
  }

  #beat(): void {
    const now = this.#clock.monotonicMs()
    const oldest = this.#steps.oldest()
    if (!oldest || now - this.#lastLineMs < heartbeatMs) return
    this.notify('run.waiting', { what: oldest.what, elapsedMs: now - oldest.sinceMs }, oldest.region)
  }

  #line(text: string): void {
    this.#lastLineMs = this.#clock.monotonicMs()
    this.#settings.write(text)
  }
}
