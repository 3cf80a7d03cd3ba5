import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { milestoneExplanationWriter } from '../../src/report/milestone-explanation.ts'
import { given } from '../../src/spec/given.ts'

export default class MilestoneExplain extends BaseCommand {
  static override summary = 'Say what a milestone promises and what its checks look at.'
  static override description =
    'Where the milestone comes from, the demand it is planned for, what each check asks, and how missing evidence comes about.'
  static override examples = ['<%= config.bin %> milestone explain concurrent-5000']
  static override exits = ['NOT_FOUND'] as const
  static override args = {
    id: Args.string({ description: 'The milestone, such as concurrent-1000.', required: true }),
  }
  static override flags = { ...environmentFlags }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(MilestoneExplain)
    await this.conclude(milestoneExplanationWriter, async (c) => {
      const { explainMilestone } = await import('../../src/milestone/explain.ts')
      return explainMilestone({ ...given(flags), id: args.id }, c)
    })
  }
}
