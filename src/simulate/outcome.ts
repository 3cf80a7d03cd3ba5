import { judge, worst, type Verdict } from './criteria/judge.ts'
import {
  lastFaultAt,
  livenessChecks,
  livenessMeanings,
  looks,
  type LivenessCheck,
} from './criteria/liveness.ts'
import { countMetrics, shareMetrics, timeMetrics } from './criteria/metrics.ts'
import type { LivenessResult, Percentiles, RunData, SafetyResult } from './data.ts'
import type { Histogram } from './kernel/histogram.ts'
import { type SafetyCheck, safetyChecks } from './model/history.ts'
import { pathParts } from './model/measures.ts'
import { run } from './model/run.ts'
import type { RunInput } from './model/setup.ts'
import type { World } from './model/world.ts'

const safetyMeanings: Readonly<Record<SafetyCheck, string>> = {
  'ended-by-scale-in': 'no interview is cut off by a shrinking pool',
  'two-servers': 'no interview is on two servers',
  'acknowledged-lost': 'nothing that was told to be saved is lost where replication is synchronous',
  'above-cap': 'no server holds more than its cap',
  'level-needs-failed': 'no interview is at a level that needs what failed for it',
}

/** Runs a scenario once and judges it. */
export function outcomeOf(input: RunInput): RunData {
  const reached = new Map<LivenessCheck, number>()
  const ran = run({ ...input, onTick: (world) => look(world, reached) })
  const { world } = ran
  const { measures, history } = world
  const criteria = input.scenario.criteria.map((criterion) => judge(criterion, measures))
  const safety = safetyOf(world)
  const liveness = livenessOf(world, reached)
  const verdicts = [...criteria, ...safety, ...liveness].map(({ verdict }) => verdict)
  return {
    seed: input.seed,
    verdict: worst([...verdicts, ...(history.abortedBy === undefined ? [] : ['fail' as const])]),
    criteria,
    safety,
    liveness,
    abortedBy: history.abortedBy ?? null,
    percentiles: timeMetrics.map((name) => percentiles(name, measures.times[name], measures.endless[name])),
    mouthToEar: pathParts.map((name) => percentiles(name, measures.path[name], 0)),
    shares: shareMetrics.map((name) => {
      const { hits, of } = measures.shares[name]
      return { name, percent: of === 0 ? null : (hits / of) * 100, samples: of }
    }),
    counts: countMetrics.map((name) => ({
      name,
      count: measures.counts[name].value,
      samples: measures.counts[name].of,
    })),
    levels: levelsOf(world),
    timeline: history.timeline,
    samples: history.samples,
    interviews: world.load.arrived,
    virtualMs: world.kernel.now,
    events: ran.handled,
    digest: ran.digest,
  }
}

function percentiles(name: string, histogram: Histogram, endless: number): Percentiles {
  const at = (share: number): number | null => histogram.percentile(share) ?? null
  return {
    name,
    samples: histogram.count,
    endless,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: histogram.largest ?? null,
  }
}

function levelsOf({ measures: { levels }, specification }: World): RunData['levels'] {
  const all = levels.reduce((sum, turns) => sum + turns, 0)
  return Object.values(specification.degradation.levels)
    .toSorted((left, right) => left.levelNumber - right.levelNumber)
    .map(({ levelNumber, title }) => {
      const turns = levels[levelNumber] ?? 0
      return { level: levelNumber, title, turns, percent: all === 0 ? 0 : (turns / all) * 100 }
    })
}

function safetyOf({ history, constants }: World): SafetyResult[] {
  return safetyChecks.map((check) => {
    const found = history.violations.get(check)
    const open = check === 'above-cap' && constants.cap === Number.POSITIVE_INFINITY
    return {
      check,
      meaning: open ? 'no cap is set, so nothing says how many are too many' : safetyMeanings[check],
      verdict: found ? 'fail' : open ? 'unknown' : 'pass',
      violations: found?.count ?? 0,
      first: found ? { atMs: found.firstAt, text: found.first } : null,
    }
  })
}

const steadyMs = 10_000

/** A property counts as reached at the start of the first ten seconds in which it held. */
function look(world: World, reached: Map<LivenessCheck, number>): void {
  const last = lastFaultAt(world)
  const { now } = world.kernel
  if (last < 0 || now < last) return
  const alive = world.regions.filter((region) => region.alive)
  for (const check of livenessChecks) {
    const since = reached.get(check)
    if (since !== undefined && now - since >= steadyMs) continue
    if (!looks[check](world, alive)) reached.delete(check)
    else if (since === undefined) reached.set(check, now)
  }
}

/** Without a fault there is nothing to come back from, and nothing is claimed. */
function livenessOf(world: World, reached: ReadonlyMap<LivenessCheck, number>): LivenessResult[] {
  const last = lastFaultAt(world)
  if (last < 0) return []
  const limitMs = boundOf(world)
  return livenessChecks.map((check) => {
    const at = reached.get(check)
    const afterMs = at === undefined ? null : Math.max(0, at - last)
    return {
      check,
      meaning: livenessMeanings[check],
      verdict: verdictOf(world, { afterMs, limitMs, last }),
      afterMs,
      limitMs,
    }
  })
}

function verdictOf(
  world: World,
  { afterMs, limitMs, last }: { afterMs: number | null; limitMs: number; last: number },
): Verdict {
  if (afterMs !== null) return afterMs <= limitMs ? 'pass' : 'fail'
  // The test ended before the time was over.
  return world.kernel.now - last < limitMs ? 'unknown' : 'fail'
}

/** The recovery objective of the largest thing that was lost, unless the scenario says otherwise. */
function boundOf({ scenario, specification: { disasterRecovery }, faults, regions }: World): number {
  if (scenario.convergeWithin) return scenario.convergeWithin.ms
  const lost = new Set(faults.flatMap(({ target }) => (target.kind === 'region' ? [target.region] : [])))
  if (lost.size > 0) return disasterRecovery[lost.size === regions.length ? 'outage' : 'region'].rto.ms
  const zone = faults.some(({ target }) => target.kind === 'zone' || target.kind === 'link')
  return disasterRecovery[zone ? 'zone' : 'component'].rto.ms
}
