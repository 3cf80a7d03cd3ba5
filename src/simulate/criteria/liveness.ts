import type { Region } from '../model/region.ts'
import { phases } from '../model/session.ts'
import type { World } from '../model/world.ts'

export const livenessChecks = [
  'interviews-settled',
  'breakers-closed',
  'full-capability',
  'queues-drained',
  'names-settled',
] as const
export type LivenessCheck = (typeof livenessChecks)[number]

export const livenessMeanings: Readonly<Record<LivenessCheck, string>> = {
  'interviews-settled': 'every interrupted interview goes on or has ended',
  'breakers-closed': 'no circuit breaker is open',
  'full-capability': 'no interview is below level 1',
  'queues-drained': 'no queue is above its scale-out threshold',
  'names-settled': 'every region that candidates call from is answered with one that is alive',
}

type Look = (world: World, alive: readonly Region[]) => boolean

/** What must be true again some time after the last fault; looked at every second until it is. */
export const looks: Readonly<Record<LivenessCheck, Look>> = {
  'interviews-settled': ({ sessions }) => sessions.every(({ phase }) => phase !== phases.interrupted),
  'breakers-closed': (_, alive) =>
    alive.every(({ breakers }) => Object.values(breakers).every(({ state }) => state === 'closed')),
  'full-capability': (_, alive) => alive.every(({ lowered }) => lowered === 0),
  'queues-drained': ({ specification: { pools } }, alive) =>
    alive.every(
      ({ asr, tts, evaluation, llm }) =>
        asr.lines.length <= pools.asr.trigger.scaleOut &&
        tts.lines.length <= pools.tts.trigger.scaleOut &&
        evaluation.lines.length <= pools.evaluation.trigger.scaleOut &&
        llm.waiting.length <= (pools.llm.trigger.besides?.scaleOut ?? llm.capacity),
    ),
  'names-settled': ({ regions, homes }) =>
    homes.every((home) => regions[regions[home]?.dns.answer ?? -1]?.alive === true),
}

/** The instant after which nothing is done to the platform any more. */
export function lastFaultAt({ scenario: { faults } }: World): number {
  return Math.max(-1, ...faults.map(({ at, until }) => (until ?? at).ms))
}
