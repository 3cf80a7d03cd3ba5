import type { DiagnosticEvent, EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/events.js'
import type { Collaborators } from '../collaborators.ts'
import type { ChangeSummary, Operation, ResourceChange } from './engine.ts'
import {
  acts,
  differencesOf,
  isObject,
  labelOf,
  operationOf,
  pathsOf,
  subjectOf,
  type StepSubject,
  withoutName,
} from './step.ts'
import { plainText } from './texts.ts'

export interface EngineError {
  /** Undefined for what belongs to no object. */
  subject: StepSubject | undefined
  message: string
}

/** What one operation told through its events. */
export interface OperationRecord {
  summary: ChangeSummary
  changes: readonly ResourceChange[]
  outputs: Readonly<Record<string, unknown>>
  errors: readonly EngineError[]
}

/** Key that marks a special value in the engine's serialisation. */
const secretSignature = '4dabf18193072939515e22adb298388d'
const stackType = 'pulumi:pulumi:Stack'

/**
 * Reads the engine's event stream: counts, changes and errors, and tells the host of each object as it happens.
 * Times are taken on arrival, because the engine's have whole seconds. Events of severity `debug` are dropped
 * before anything else: they hold secrets in clear.
 */
export class Collector {
  readonly #region: string
  readonly #c: Pick<Collaborators, 'clock' | 'host'>
  readonly #steps = new Map<string, { op: Operation; change: ResourceChange | undefined }>()
  readonly #subjects = new Map<string, StepSubject>()
  readonly #startedAt = new Map<string, number>()
  readonly #errors: EngineError[] = []
  #outputs: Readonly<Record<string, unknown>> = {}

  constructor(region: string, c: Pick<Collaborators, 'clock' | 'host'>) {
    this.#region = region
    this.#c = c
  }

  take(event: EngineEvent): void {
    if (event.diagnosticEvent) this.#diagnostic(event.diagnosticEvent)
    if (event.resourcePreEvent)
      this.#started(event.resourcePreEvent.metadata, event.resourcePreEvent.planning)
    if (event.resOutputsEvent) this.#finished(event.resOutputsEvent.metadata, event.resOutputsEvent.planning)
    if (event.resOpFailedEvent) this.#failed(event.resOpFailedEvent.metadata)
  }

  record(): OperationRecord {
    const summary = { create: 0, update: 0, replace: 0, delete: 0, same: 0 }
    const changes: ResourceChange[] = []
    for (const step of this.#steps.values()) {
      summary[step.op] += 1
      if (step.change) changes.push(step.change)
    }
    return { summary, changes: changes.sort(byName), outputs: this.#outputs, errors: this.#errors }
  }

  #started(step: StepEventMetadata, planning = false): void {
    const op = operationOf(step)
    const subject = subjectOf(step)
    this.#subjects.set(step.urn, subject)
    if (op === undefined || !isObject(step)) return
    // The steps of a replacement come one after another; the first one already says all.
    if (this.#steps.get(step.urn)?.op !== 'replace') {
      const differences = op === 'create' || op === 'delete' ? [] : differencesOf(step)
      const change = op === 'same' ? undefined : { op, ...subject, paths: pathsOf(step), differences }
      this.#steps.set(step.urn, { op, change })
    }
    if (planning || op === 'same' || !acts(step)) return
    this.#startedAt.set(step.urn, this.#c.clock.monotonicMs())
    const data = { op, kind: subject.type, name: subject.name }
    this.#c.host.notify('engine.resource-started', data, this.#region)
  }

  #finished(step: StepEventMetadata, planning = false): void {
    if (step.type === stackType)
      this.#outputs = plainOutputs(step.new?.outputs ?? step.old?.outputs ?? this.#outputs)
    const op = operationOf(step)
    if (planning || op === undefined || op === 'same' || !isObject(step)) return
    if (!acts(step)) return
    const subject = subjectOf(step)
    const now = this.#c.clock.monotonicMs()
    const elapsedMs = Math.round(now - (this.#startedAt.get(step.urn) ?? now))
    const data = { op, kind: subject.type, name: subject.name, elapsedMs }
    this.#c.host.notify('engine.resource-finished', data, this.#region)
  }

  #failed(step: StepEventMetadata): void {
    const op = operationOf(step)
    if (op === undefined || op === 'same') return
    const subject = subjectOf(step)
    const message = this.#errors.findLast((error) => error.subject?.urn === step.urn)?.message ?? 'see above'
    const data = { op, kind: subject.type, name: subject.name, message }
    this.#c.host.notify('engine.resource-failed', data, this.#region)
  }

  #diagnostic(event: DiagnosticEvent): void {
    if (!['info', 'warning', 'error'].includes(event.severity)) return
    const found = event.urn === undefined ? undefined : this.#subjects.get(event.urn)
    const subject = found?.type === stackType ? undefined : found
    const text = plainText(event.message, (urn) => this.#label(urn))
    const message = subject ? withoutName(text, subject) : text
    if (event.ephemeral === true) this.#status(subject, message)
    else if (event.severity === 'error' && message !== '') this.#errors.push({ subject, message })
    else if (event.severity === 'warning' && message !== '') this.#warning(subject, message)
  }

  #label(urn: string): string | undefined {
    const subject = this.#subjects.get(urn)
    return subject && labelOf(subject)
  }

  #status(subject: StepSubject | undefined, text: string): void {
    if (!subject) return
    const data = { kind: subject.type, name: subject.name, text }
    this.#c.host.notify('engine.resource-status', data, this.#region)
  }

  #warning(subject: StepSubject | undefined, message: string): void {
    const text = subject ? `${labelOf(subject)}: ${message}` : message
    this.#c.host.notify('engine.warning', { text }, this.#region)
  }
}

/** A secret output arrives as an object with a signature; what is shown of it is that it is one. */
function plainOutputs(outputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isSecret = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && secretSignature in value
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, isSecret(value) ? '[secret]' : value]),
  )
}

/** Steps arrive in the order of chance: two looks at the same region must read the same. */
function byName(one: ResourceChange, other: ResourceChange): number {
  const key = ({ name, type }: ResourceChange): string => `${name} ${type}`
  return key(one) < key(other) ? -1 : Number(key(one) > key(other))
}
