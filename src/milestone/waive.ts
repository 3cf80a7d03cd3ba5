import type { Collaborators } from '../collaborators.ts'
import { confirm } from '../events/confirm.ts'
import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Report } from '../report/report.ts'
import type { LoadInput } from '../spec/load.ts'
import { type Milestones, requireMilestone, viewMilestones } from './view.ts'
import { readWaivers, type Waiver, waiversFile, writeWaivers } from './waivers.ts'

export interface WaiveInput extends LoadInput {
  id: string
  check: string
  owner: string
  reason: string
  /** The last day on which it holds, `2026-12-31`. */
  until: string
}

/** Longer than this, and it is the specification that should change. */
const longestDays = 180

/**
 * Accepts one check of a milestone as it is, until a day. Asks; a waiver of the same check is replaced.
 * @throws {Failure} NOT_FOUND for a milestone or a check of it that there is not, USAGE for an end that is none,
 *   CANCELLED on a decline.
 */
export async function waiveMilestone(
  input: WaiveInput,
  c: Pick<Collaborators, 'paths' | 'environment' | 'clock' | 'host'>,
): Promise<Report<Milestones>> {
  const { today, milestones } = await viewMilestones(input, c)
  const milestone = requireMilestone(input.id, milestones)
  const check = milestone.checks.find(({ id }) => id === input.check)
  if (!check) {
    throw new Failure('NOT_FOUND', `${input.id} has no check ${JSON.stringify(input.check)}`, {
      next: suggestion(
        input.check,
        milestone.checks.map(({ id }) => id),
      ),
    })
  }
  const { owner, reason } = input
  const until = endOf(input.until, today)
  if ([owner, reason].some((text) => text.trim() === '')) {
    throw new Failure('USAGE', 'a waiver has an owner and a reason', { next: 'give --owner and --reason' })
  }
  const added: Waiver = { milestone: input.id, check: check.id, owner, reason, since: today, until }
  const others = (await readWaivers(c.paths)).filter(
    (one) => one.milestone !== added.milestone || one.check !== added.check,
  )
  const file = waiversFile(c.paths)
  await confirm(
    {
      id: 'milestone.waive',
      text: `Waive ${check.id} of ${input.id} until ${until} in ${file}?`,
      danger: 'change',
    },
    c,
  )
  await writeWaivers(c.paths, [...others, added])
  const after = await viewMilestones(input, c)
  return {
    kind: 'MilestoneWaiver',
    data: { today, milestones: [requireMilestone(input.id, after.milestones)] },
    environment: after.platform.environment,
    inputs: { configDigest: after.platform.digest },
  }
}

function endOf(text: string, today: string): string {
  const time = Date.parse(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time)
  const days = (time - Date.parse(`${today}T00:00:00Z`)) / 86_400_000
  if (isDay && days >= 0 && days <= longestDays) return text
  throw new Failure(
    'USAGE',
    `--until ${text} is not a day from today on, at most ${longestDays} days ahead`,
    {
      next: `write for example --until ${today}`,
    },
  )
}
