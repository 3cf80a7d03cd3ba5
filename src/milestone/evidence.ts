import type { RunRecord } from '../runs/journal.ts'
import { type CheckInput, type CheckKind, type Found, missing } from './check.ts'

/** Evidence older than this says nothing about today: three releases of Kubernetes a year, one every four months. */
const staleAfterDays = 90
const dayMs = 86_400_000

export const deployedCheck: CheckKind = {
  asks: 'Has a recorded run deployed as many regions of this environment as the milestone promises?',
  next: 'run iv deploy --region all',
  look(input) {
    const wanted = input.milestone.regionCount ?? 1
    const newest = newestByRegion(input.runs)
    if (newest.size < wanted) return missing(`${newest.size} of ${wanted} regions have a recorded deployment`)
    // The milestone is as old as the oldest of the deployments that it needs.
    const oldest = [...newest.values()].toSorted(byEnd)[wanted - 1]
    return oldest ? aged(oldest, input) : missing('no recorded deployment')
  },
}

export const loadTestCheck: CheckKind = {
  asks: 'Has a load test with the promised interviews passed?',
  next: 'run a scenario with as many interviews, and keep its report as evidence',
  look({ specification, milestone }) {
    const wanted = milestone.concurrentInterviews ?? 0
    const able = Object.entries(specification.scenarios).filter(
      ([, { injections, interviews }]) => injections.length === 0 && interviews >= wanted,
    )
    const [scenario] = able.map(([name]) => name)
    if (scenario === undefined)
      return missing(`no load test of the specification reaches ${wanted.toLocaleString('en-US')} interviews`)
    return missing(`no evidence of ${scenario} is recorded`)
  },
}

export const zoneDrillCheck = drill('zone', 'Has a drill that loses a zone met its objectives?')
export const regionDrillCheck = drill('region', 'Has a drill that loses a region met its objectives?')

export const edgeLatencyCheck: CheckKind = {
  asks: 'Was the way of the media from the edge measured below its limit?',
  next: 'measure mouth-to-ear from each edge region, and keep the report as evidence',
  look: () => missing('no measurement is recorded'),
}

function drill(extent: string, asks: string): CheckKind {
  return {
    asks,
    next: `drill the loss of a ${extent}, and keep its report as evidence`,
    look: () => missing(`no evidence of a ${extent} drill is recorded`),
  }
}

/** The newest deployment of each region, as long as it succeeded: a failed one takes the older evidence back. */
function newestByRegion(runs: readonly RunRecord[]): Map<string, RunRecord> {
  const newest = new Map<string, RunRecord>()
  const seen = new Set<string>()
  for (const run of runs.filter(({ command }) => command === 'deploy' || command === 'destroy')) {
    for (const region of run.regions.filter((name) => !seen.has(name))) {
      seen.add(region)
      if (run.command === 'deploy' && run.outcome === 'OK') newest.set(region, run)
    }
  }
  return newest
}

function byEnd(left: RunRecord, right: RunRecord): number {
  return endOf(right) - endOf(left)
}

function endOf({ endedAt, startedAt }: RunRecord): number {
  return Date.parse(endedAt ?? startedAt)
}

function aged(run: RunRecord, { now }: CheckInput): Found {
  const ageDays = Math.max(0, Math.floor((now.getTime() - endOf(run)) / dayMs))
  const stale = ageDays > staleAfterDays
  const reason = `${stale ? 'too old: ' : ''}deployed ${ageDays} days ago`
  return { verdict: stale ? 'unknown' : 'pass', reason, evidence: `run ${run.id}`, ageDays }
}
