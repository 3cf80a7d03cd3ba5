import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { confirmFlags, environmentFlags } from '../../src/command/flags.ts'
import { milestoneCheckWriter } from '../../src/report/milestone.ts'
import { given } from '../../src/spec/given.ts'

export default class MilestoneWaive extends BaseCommand {
  static override summary = 'Accept a check of a milestone as it is, until a day.'
  static override description =
    'Written to iv-waivers.yaml beside iv.yaml, to be checked in: with an owner, a reason and an end of at most 180 days. `iv milestone check` counts a waived check as neither failed nor unknown, and says who waived it; after its end it counts for nothing.'
  static override examples = [
    '<%= config.bin %> milestone waive multi-az --check zone-drill --owner ana --reason "drill is booked for January" --until 2027-01-31',
  ]
  static override exits = ['OPERATION', 'NOT_FOUND'] as const
  static override args = {
    id: Args.string({ description: 'The milestone, such as concurrent-1000.', required: true }),
  }
  static override flags = {
    ...environmentFlags,
    ...confirmFlags,
    check: Flags.string({
      summary: 'The check, as `iv milestone explain` names it.',
      helpValue: 'NAME',
      required: true,
    }),
    owner: Flags.string({ summary: 'Who answers for it.', helpValue: 'NAME', required: true }),
    reason: Flags.string({ summary: 'Why it can be accepted.', helpValue: 'TEXT', required: true }),
    until: Flags.string({ summary: 'The last day on which it holds.', helpValue: 'DAY', required: true }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(MilestoneWaive)
    const { check, owner, reason, until } = flags
    await this.conclude(
      milestoneCheckWriter,
      async (c) => {
        const { waiveMilestone } = await import('../../src/milestone/waive.ts')
        return waiveMilestone({ ...given(flags), id: args.id, check, owner, reason, until }, c)
      },
      { asks: 'change' },
    )
  }
}
