import { type Instance, render } from 'ink'
import type { ReactNode } from 'react'
import type { Clock } from '../clock.ts'
import { answer, type AskSettings } from '../events/ask.ts'
import type { Level } from '../events/define.ts'
import type { Host, Question } from '../events/host.ts'
import { atLeast } from '../events/level.ts'
import { type EventId, isPicture, levelOf, type Payload, textOf } from '../events/registry.ts'
import { advance, belongsToTree, noProgress, type Progress } from './progress.ts'
import { ProgressView } from './progress-view.tsx'
import { rows } from './rows.ts'

export interface ScreenSettings {
  stdout: NodeJS.WriteStream
  stdin: NodeJS.ReadStream
  level: Level
  colour: boolean
  ask: AskSettings
}

/** Elapsed times move although nothing happens. */
const redrawMs = 200
/** Room for the cursor's row and for a prompt. */
const spareRows = 2

/** The live view: a tree per region, redrawn in place, with lasting lines above it. */
export class ScreenHost implements Host {
  readonly #settings: ScreenSettings
  readonly #clock: Clock
  readonly #redraw: { stop(): void }
  #progress: Progress = noProgress
  #instance: Instance | undefined
  #writeAbove: ((text: string) => void) | undefined
  readonly #waiting: string[] = []

  constructor(settings: ScreenSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#redraw = clock.every(redrawMs, () => this.#draw())
  }

  notify<I extends EventId>(id: I, data: Payload<I>, region?: string): void {
    const payload = data as Readonly<Record<string, unknown>>
    const picture = isPicture(id) ? textOf(id, data) : undefined
    const nowMs = this.#clock.monotonicMs()
    this.#progress = advance(this.#progress, { id, data: payload, region, nowMs, picture })
    const level = levelOf(id)
    if (picture === undefined && !belongsToTree(id, payload) && atLeast(level, this.#settings.level)) {
      const mark = level === 'warning' || level === 'error' ? `${level}: ` : ''
      this.#lasting(`${region === undefined ? '' : `${region}: `}${mark}${textOf(id, data)}\n`)
    }
    this.#instance ??= this.#start()
  }

  /** The view steps aside for a question: the terminal is then in its usual mode, and nothing overwrites it. */
  async ask(question: Question): Promise<boolean> {
    await this.#stop()
    return answer(question, this.#settings.ask)
  }

  async close(): Promise<void> {
    this.#redraw.stop()
    await this.#stop()
  }

  #start(): Instance {
    const { stdout, stdin } = this.#settings
    return render(this.#view(), {
      stdout,
      stdin,
      // Ctrl-C reaches the process as a signal: one place decides what it means.
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
      incrementalRendering: true,
    })
  }

  async #stop(): Promise<void> {
    const instance = this.#instance
    if (!instance) return
    // The result shows the same again, and for good.
    this.#progress = { ...this.#progress, picture: [] }
    this.#draw()
    await instance.waitUntilRenderFlush()
    this.#instance = undefined
    this.#writeAbove = undefined
    instance.unmount()
    await instance.waitUntilExit()
    this.#progress = noProgress
  }

  #draw(): void {
    this.#instance?.rerender(this.#view())
  }

  #view(): ReactNode {
    const { stdout, colour } = this.#settings
    const height = Math.max(1, (stdout.rows ?? 24) - spareRows)
    const view = { width: stdout.columns ?? 80, height, nowMs: this.#clock.monotonicMs() }
    return <ProgressView rows={rows(this.#progress, view)} colour={colour} onReady={this.#ready} />
  }

  readonly #ready = (writeAbove: (text: string) => void): void => {
    this.#writeAbove = writeAbove
    for (const text of this.#waiting.splice(0)) writeAbove(text)
  }

  #lasting(text: string): void {
    if (this.#writeAbove) this.#writeAbove(text)
    else this.#waiting.push(text)
  }
}
