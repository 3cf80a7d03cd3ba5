import type { Report } from '../report/report.ts'
import type { LoadInput } from '../spec/load.ts'
import { type MilestoneCollaborators, type Milestones, viewMilestones } from './view.ts'

/** The roadmap with the verdict of every check. Shows, and judges nothing: `check` does. */
export async function listMilestones(
  input: LoadInput,
  c: MilestoneCollaborators,
): Promise<Report<Milestones>> {
  const { platform, ...data } = await viewMilestones(input, c)
  return {
    kind: 'MilestoneList',
    data,
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
  }
}
