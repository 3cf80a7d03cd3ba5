import type { Parameters } from '../../capacity/parameters.ts'
import type { RetryPolicy } from '../../resilience/document.ts'
import type { PoolName } from '../../spec/schema/pool.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import type { Autoscaler } from '../autoscaler/autoscaler.ts'
import type { Reading } from '../autoscaler/proposal.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Stream } from '../kernel/streams.ts'
import type { Fault } from '../scenario/schema.ts'
import type { Target } from '../scenario/targets.ts'
import type { Scenario } from '../scenario/load.ts'
import type { Numbers } from './assumptions.ts'
import type { Background } from './background.ts'
import type { Constants } from './constants.ts'
import type { Measures } from './measures.ts'
import type { Region } from './region.ts'
import type { MediaServer } from './servers.ts'
import type { Session } from './session.ts'
import type { History } from './history.ts'

const eventNames = [
  'tick',
  'arrive',
  'request',
  'assign',
  'joined',
  'asrTimeout',
  'answerDone',
  'heard',
  'ask',
  'askAgain',
  'shed',
  'firstToken',
  'llmTimeout',
  'placeFree',
  'background',
  'backgroundShed',
  'backgroundRetry',
  'voiceTimeout',
  'speechDone',
  'reconnect',
  'restored',
  'resumed',
  'giveUp',
  'evaluate',
  'evaluated',
  'fault',
  'heal',
  'healthCheck',
  'dnsCheck',
  'dnsChange',
  'scale',
  'instanceReady',
  'serverReady',
  'drainEnd',
] as const
export type EventName = (typeof eventNames)[number]

/** Numbers of the events, as the kernel and its log know them. */
export const events = Object.fromEntries(eventNames.map((name, index) => [name, index])) as Readonly<
  Record<EventName, number>
>

export type Handler = (world: World, subject: number, detail: number) => void
export type Handlers = Readonly<Partial<Record<EventName, Handler>>>

/** Sources of luck, one per process, so that a change in one leaves the others alone. */
export const streamNames = ['arrivals', 'network', 'speech', 'gpu', 'client', 'faults', 'evaluation'] as const
export type Streams = Readonly<Record<(typeof streamNames)[number], Stream>>

/** The whole state of one run. */
export interface World {
  kernel: Kernel
  specification: Specification
  scenario: Scenario
  capacity: Parameters
  numbers: Numbers
  constants: Constants
  retries: Readonly<Record<keyof Specification['retries'], RetryPolicy>>
  regions: readonly Region[]
  /** Indices of the regions that candidates call from, each as often as its weight says. */
  homes: readonly number[]
  sessions: Session[]
  servers: MediaServer[]
  background: Background
  measures: Measures
  random: Streams
  history: History
  /** Interviews that the load asked for and that are still there or ended in failure. */
  load: {
    present: number
    failed: number
    concluding: number
    cursor: number
    arrived: number
    evaluations: number
  }
  /** −1 while the name servers answer. */
  dnsDownSince: number
  until: number
  /** Faults of the scenario with what they hit, and what has to be undone of each. */
  faults: readonly Injected[]
  /** What is being waited for since a fault or its end. */
  watches: Watch[]
  autoscalers: readonly Scaled[]
  /** Called once a second of virtual time, after everything has moved. */
  onTick: (world: World) => void
}

export interface Injected {
  fault: Fault
  target: Target
  undo: (() => void)[]
}

/** Something that is over as soon as a region is well again; its time since `since` is a sample. */
export interface Watch {
  metric: 'outage' | 'recovery-after-restore'
  region: number
  since: number
}

export interface Scaled {
  region: number
  pool: PoolName
  autoscaler: Autoscaler
  /** Metrics of the last looks, so that an autoscaler sees them as old as they are; frozen while stale. */
  seen: { at: number; readings: readonly Reading[] }[]
  stale: boolean
}

/** An event for an interview, void once the interview is in another phase. */
export function later(world: World, session: Session, after: { ms: number; event: number }): void {
  const { kernel } = world
  kernel.attach(kernel.after(after.ms, after.event, session.id), session.step)
}

/** The interview of an event, or nothing where the event was meant for an earlier phase. */
export function sessionIn(world: World, id: number, step: number): Session | undefined {
  const session = world.sessions[id]
  return session && session.step === step ? session : undefined
}

export function regionOf(world: World, session: Session): Region {
  return world.regions[session.region] as Region
}
