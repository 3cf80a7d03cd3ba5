import type { World } from './world.ts'

export interface TimelineRow {
  /** Virtual milliseconds. */
  at: number
  region: string | null
  what: 'fault' | 'healed' | 'scale' | 'breaker' | 'dns' | 'recovered' | 'aborted' | 'link'
  text: string
}

/** One look at everything, every few seconds of virtual time, summed over regions. */
export interface Sample {
  at: number
  interviews: number
  target: number
  servers: number
  asr: number
  tts: number
  llm: number
  asrPending: number
  llmWaiting: number
  gpuUtilization: number
  lowered: number
  interrupted: number
}

export const safetyChecks = [
  'ended-by-scale-in',
  'two-servers',
  'acknowledged-lost',
  'above-cap',
  'level-needs-failed',
] as const
export type SafetyCheck = (typeof safetyChecks)[number]

export interface Violation {
  check: SafetyCheck
  count: number
  firstAt: number
  first: string
}

/** What a run leaves behind besides its measures. */
export interface History {
  timeline: TimelineRow[]
  samples: Sample[]
  violations: Map<SafetyCheck, Violation>
  abortedBy: string | undefined
}

export function newHistory(): History {
  return { timeline: [], samples: [], violations: new Map(), abortedBy: undefined }
}

export function note(world: World, row: Omit<TimelineRow, 'at'>): void {
  world.history.timeline.push({ at: world.kernel.now, ...row })
}

export function violate(world: World, check: SafetyCheck, text: string): void {
  const { violations } = world.history
  const known = violations.get(check)
  if (known) known.count += 1
  else violations.set(check, { check, count: 1, firstAt: world.kernel.now, first: text })
}
