import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { milestoneCheckWriter } from '../../src/report/milestone.ts'
import { given } from '../../src/spec/given.ts'

export default class MilestoneCheck extends BaseCommand {
  static override summary = 'Say whether a milestone is shown to be reached.'
  static override description =
    'Exits 17 where evidence is missing or older than 90 days, 5 where everything is known and a check fails. What the roadmap calls done counts for nothing here: only what can be looked at does.'
  static override examples = [
    '<%= config.bin %> milestone check multi-region-2',
    '<%= config.bin %> milestone check concurrent-5000 --json',
  ]
  static override exits = ['POLICY', 'NOT_FOUND', 'UNKNOWN'] as const
  static override args = {
    id: Args.string({ description: 'The milestone, such as concurrent-1000.', required: true }),
  }
  static override flags = { ...environmentFlags }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(MilestoneCheck)
    await this.conclude(milestoneCheckWriter, async (c) => {
      const { judgeMilestone } = await import('../../src/milestone/verdict.ts')
      return judgeMilestone({ ...given(flags), id: args.id }, c)
    })
  }
}
