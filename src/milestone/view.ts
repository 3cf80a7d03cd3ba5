import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { listRuns } from '../runs/journal.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import type { MilestoneCheck } from './check.ts'
import { checkMilestone } from './checks.ts'
import { slackOf } from './slack.ts'
import { readWaivers, waived } from './waivers.ts'

export interface MilestoneView {
  id: string
  section: 'infrastructure' | 'capacity'
  title: string
  /** Months, `2025-07`. */
  from: string
  due: string
  /** As the roadmap says. */
  state: 'done' | 'active' | 'planned'
  /** Due by now, and not done. */
  late: boolean
  /** Null for milestones without capacity. */
  concurrentInterviews: number | null
  slackDays: number | null
  neededBy: string | null
  demandWhenDue: number | null
  checks: readonly MilestoneCheck[]
}

export interface Milestones {
  /** Day of the look, `2026-11-24`. */
  today: string
  milestones: readonly MilestoneView[]
}

export type MilestoneCollaborators = Pick<Collaborators, 'paths' | 'environment' | 'clock'>

/** All milestones of the roadmap, looked at now. Reads only. */
export async function viewMilestones(
  input: LoadInput,
  c: MilestoneCollaborators,
): Promise<Milestones & { platform: Platform }> {
  const platform = await loadPlatform({ ...input, allowLocalState: true }, c)
  const { specification, environment } = platform
  const runs = (await listRuns(c.paths)).filter((run) => run.environment === environment)
  const waivers = await readWaivers(c.paths)
  const now = c.clock.now()
  const today = now.toISOString().slice(0, 10)
  const milestones = Object.entries(specification.milestones).map(([name, milestone]): MilestoneView => {
    const slack = slackOf(specification, milestone)
    return {
      id: name,
      section: milestone.section,
      title: milestone.title,
      from: milestone.from,
      due: milestone.until,
      state: milestone.state,
      late: milestone.state !== 'done' && milestone.until <= today.slice(0, 7),
      concurrentInterviews: milestone.concurrentInterviews ?? null,
      slackDays: slack?.days ?? null,
      neededBy: slack?.neededBy ?? null,
      demandWhenDue: slack?.demandWhenDue ?? null,
      checks: checkMilestone({ specification, name, milestone, runs, now }).map((check) =>
        waived(check, { milestone: name, waivers, today }),
      ),
    }
  })
  return { platform, today, milestones }
}

/** @throws Failure NOT_FOUND for a milestone that the roadmap does not have, with the nearest. */
export function requireMilestone(id: string, milestones: readonly MilestoneView[]): MilestoneView {
  const found = milestones.find((milestone) => milestone.id === id)
  if (found) return found
  throw new Failure('NOT_FOUND', `milestone ${JSON.stringify(id)} is not in the specification`, {
    next: suggestion(
      id,
      milestones.map((milestone) => milestone.id),
    ),
  })
}
