import { type FailureCode, type Outcome, strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import type { LoadInput } from '../spec/load.ts'
import { requireMilestone, viewMilestones, type MilestoneCollaborators, type Milestones } from './view.ts'

/**
 * Whether a milestone is reached. Outcome `UNKNOWN` where evidence is missing or stale, `POLICY` where a check
 * fails and none is unknown.
 * @throws Failure NOT_FOUND for a milestone that the roadmap does not have.
 */
export async function judgeMilestone(
  input: LoadInput & { id: string },
  c: MilestoneCollaborators,
): Promise<Report<Milestones>> {
  const { platform, today, milestones } = await viewMilestones(input, c)
  const milestone = requireMilestone(input.id, milestones)
  const of = (verdict: string): string[] =>
    milestone.checks.filter((check) => check.verdict === verdict).map(({ id }) => id)
  const failed = of('fail')
  // A milestone that nothing is looked at for is not reached: nobody can tell.
  const unknown = milestone.checks.length === 0 ? ['it names no checks'] : of('unknown')
  const outcome = strongest([failed.length > 0 ? 'POLICY' : 'OK', unknown.length > 0 ? 'UNKNOWN' : 'OK'])
  const report: Report<Milestones> = {
    kind: 'MilestoneCheck',
    data: { today, milestones: [milestone] },
    outcome,
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
  }
  return isFailing(outcome)
    ? { ...report, error: notReached(outcome, { id: input.id, failed, unknown }) }
    : report
}

function isFailing(outcome: Outcome): outcome is FailureCode {
  return outcome !== 'OK'
}

interface Shortfall {
  id: string
  failed: readonly string[]
  unknown: readonly string[]
}

function notReached(code: FailureCode, { id, failed, unknown }: Shortfall): Failure {
  const parts = [
    ...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`without evidence: ${unknown.join(', ')}`] : []),
  ]
  return new Failure(code, `${id} is not shown to be reached; ${parts.join('; ')}`, {
    next: `iv milestone explain ${id}`,
  })
}
