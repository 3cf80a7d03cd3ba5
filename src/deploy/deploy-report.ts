import { type Outcome, strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { DeployData, GateData } from '../report/deploy.ts'
import type { Report } from '../report/report.ts'
import type { Run } from '../runs/journal.ts'
import type { Acted } from './act.ts'
import type { DeployInput } from './deploy.ts'
import { deployRegion } from './deploy-region.ts'
import type { Settled } from './lanes.ts'
import type { Observed } from './look.ts'
import type { DeployCollaborators } from './ports.ts'
import type { Scope } from './scope.ts'
import { verdictOf, type Verdict } from './verdict.ts'

export interface Deployed {
  observed: readonly Settled<Observed>[]
  acted: readonly Settled<Acted>[]
  scope: Scope
  run: Run | undefined
  /** Undefined where nothing was to be taken back; otherwise the reasons of regions that did not get there. */
  rollback: { regions: readonly string[]; failures: readonly Failure[] } | undefined
}

/** The result of a deploy from how each region ended; ends the run. */
export async function deployReport(
  deployed: Deployed,
  input: DeployInput,
  c: DeployCollaborators,
): Promise<Report<DeployData>> {
  const { acted, observed, scope, run, rollback } = deployed
  const reached = verdictOf(
    acted.map((end) => (end.status === 'failed' ? end : { region: end.region, status: end.status })),
    { verb: 'deployed', signal: c.signal },
  )
  const verdict = withNext(rollback ? rolledBack(reached, rollback) : reached, run, rollback !== undefined)
  const back = new Set(rollback?.regions)
  const lost = new Set(rollback?.failures.map(({ region }) => region))
  const regions = acted.map((end, index) => {
    const told = deployRegion(end, observed[index])
    return back.has(end.region) && !lost.has(end.region) ? { ...told, status: 'rolled-back' as const } : told
  })
  const resumeToken = verdict.outcome === 'OK' || !run || rollback ? null : run.id
  const data = { regions, order: scope.regions, gates: acted.flatMap(gatesOf), resumeToken }
  await run?.attach('result.json', data)
  await run?.end(verdict.outcome)
  return {
    kind: 'DeployResult',
    data,
    outcome: verdict.outcome,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    environment: input.environment,
    regions: scope.regions,
    inputs: { configDigest: scope.platform.digest },
    ...(run === undefined ? {} : { runId: run.id }),
    findings: observed.flatMap((end) => (end.status === 'done' ? end.value.site.plan.findings : [])),
  }
}

function gatesOf(end: Settled<Acted>): GateData[] {
  if (end.status === 'done') return end.value.gate ? [end.value.gate] : []
  if (end.status !== 'failed' || end.failure.code !== 'POLICY') return []
  return [{ id: `health.${end.region}`, verdict: 'deny', reason: end.failure.message }]
}

function rolledBack({ error }: Verdict, rollback: NonNullable<Deployed['rollback']>): Verdict {
  const { regions, failures } = rollback
  const why = error?.message ?? 'the deploy failed'
  if (failures.length === 0) {
    const message = `${why}; taken back to what was deployed before: ${regions.join(', ')}`
    const details = { ...(error?.region === undefined ? {} : { region: error.region }), cause: error }
    const next = 'fix the cause, then deploy again'
    return { outcome: 'ROLLED_BACK', error: new Failure('ROLLED_BACK', message, { ...details, next }) }
  }
  const told = failures.map((failure) => `${failure.region ?? 'a region'}: ${failure.message}`).join('; ')
  const outcome: Outcome = strongest(['ROLLBACK_INCOMPLETE'])
  const next = 'look at iv status; deploy the earlier specification by hand once the cause is gone'
  return {
    outcome,
    error: new Failure('ROLLBACK_INCOMPLETE', `${why}; and the way back failed: ${told}`, { next }),
  }
}

/** Where some regions are done, the rest is one command away. */
function withNext(verdict: Verdict, run: Run | undefined, isBack: boolean): Verdict {
  const { outcome, error } = verdict
  if (outcome !== 'PARTIAL' || !error || !run || isBack) return verdict
  const { message, region, retryable, cause, next } = error
  const hint = `${next === undefined ? '' : `${next}; then `}iv deploy --resume ${run.id}`
  const details = { next: hint, retryable, cause, ...(region === undefined ? {} : { region }) }
  return { outcome, error: new Failure('PARTIAL', message, details) }
}
