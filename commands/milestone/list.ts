import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { milestoneListWriter } from '../../src/report/milestone.ts'
import { given } from '../../src/spec/given.ts'

export default class MilestoneList extends BaseCommand {
  static override summary = 'Draw the scaling roadmap, with checks and slack against demand.'
  static override description =
    'A gantt in text: when each milestone is due, how many of its checks pass (fail x, unknown ?), and how many days before or after demand outgrows the capacity before it. Reads the specification and recorded runs, nothing else.'
  static override examples = [
    '<%= config.bin %> milestone list',
    '<%= config.bin %> milestone list --env production --json',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override flags = { ...environmentFlags }

  override async run(): Promise<void> {
    const { flags } = await this.parse(MilestoneList)
    await this.conclude(milestoneListWriter, async (c) => {
      const { listMilestones } = await import('../../src/milestone/list.ts')
      return listMilestones(given(flags), c)
    })
  }
}
