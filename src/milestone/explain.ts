import type { Report } from '../report/report.ts'
import type { LoadInput } from '../spec/load.ts'
import { checkKinds } from './checks.ts'
import type { MilestoneCheck } from './check.ts'
import { type MilestoneCollaborators, type MilestoneView, requireMilestone, viewMilestones } from './view.ts'

export interface MilestoneExplanation extends Omit<MilestoneView, 'checks'> {
  /** Where the roadmap has it from. */
  source: string
  checks: readonly (MilestoneCheck & { asks: string; next: string })[]
}

/**
 * What a milestone promises, what each of its checks looks at, and how its evidence comes about.
 * @throws Failure NOT_FOUND for a milestone that the roadmap does not have.
 */
export async function explainMilestone(
  input: LoadInput & { id: string },
  c: MilestoneCollaborators,
): Promise<Report<MilestoneExplanation>> {
  const { platform, milestones } = await viewMilestones(input, c)
  const milestone = requireMilestone(input.id, milestones)
  const origin = platform.originOf(`milestones.${input.id}.until`)
  const checks = milestone.checks.map((check) => {
    const { asks, next } = checkKinds[check.id]
    return { ...check, asks, next }
  })
  return {
    kind: 'MilestoneExplanation',
    data: { ...milestone, source: sourceOf(origin), checks },
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
  }
}

function sourceOf(
  origin: ReturnType<Awaited<ReturnType<typeof viewMilestones>>['platform']['originOf']>,
): string {
  if (origin.from === 'default') return origin.source
  return 'place' in origin ? origin.place : origin.name
}
