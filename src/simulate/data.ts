import type { Judged, Verdict } from './criteria/judge.ts'
import type { LivenessCheck } from './criteria/liveness.ts'
import type { SafetyCheck, Sample, TimelineRow } from './model/history.ts'

export interface Percentiles {
  name: string
  samples: number
  /** Samples that never came to an end, besides. */
  endless: number
  /** Milliseconds; null without samples. */
  p50: number | null
  p90: number | null
  p99: number | null
  max: number | null
}

export interface SafetyResult {
  check: SafetyCheck
  meaning: string
  verdict: Verdict
  violations: number
  first: { atMs: number; text: string } | null
}

export interface LivenessResult {
  check: LivenessCheck
  meaning: string
  verdict: Verdict
  /** After the last fault; null where it never came. */
  afterMs: number | null
  limitMs: number
}

/** One run of a scenario, in virtual time. */
export interface RunData {
  seed: number
  verdict: Verdict
  criteria: readonly Judged[]
  safety: readonly SafetyResult[]
  liveness: readonly LivenessResult[]
  abortedBy: string | null
  percentiles: readonly Percentiles[]
  /** The way from mouth to ear, part by part. */
  mouthToEar: readonly Percentiles[]
  shares: readonly { name: string; percent: number | null; samples: number }[]
  counts: readonly { name: string; count: number; samples: number }[]
  /** Turns at each level of the degradation ladder. */
  levels: readonly { level: number; title: string; turns: number; percent: number }[]
  timeline: readonly TimelineRow[]
  samples: readonly Sample[]
  interviews: number
  virtualMs: number
  events: number
  /** SHA-256 of every event in order. */
  digest: string
}

export interface SeedRow {
  seed: number
  verdict: Verdict
  failed: readonly string[]
  digest: string
}

export interface SimulationData {
  scenario: string
  title: string
  source: string
  /** What the platform was: `specification`, or the name of a preset or file. */
  platform: string
  verdict: Verdict
  /** The run that is shown: the first with the worst verdict. */
  run: RunData
  /** Every seed that was run. */
  seeds: readonly SeedRow[]
  assumptions: readonly { name: string; value: number; unit: string; source: string }[]
  comparison: Comparison | null
}

export interface Comparison {
  left: string
  right: string
  rows: readonly ComparedRow[]
}

export interface ComparedRow {
  what: string
  target: string
  left: { actual: string; verdict: Verdict }
  right: { actual: string; verdict: Verdict }
  /** Rules of `iv lint` that one side breaks and the other does not, and that are about this. */
  explainedBy: readonly string[]
}
