import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { deployFlags, scopeOf } from '../../src/command/deploy-flags.ts'
import { confirmFlags } from '../../src/command/flags.ts'
import { levelNames } from '../../src/degrade/level.ts'
import { degradeWriter } from '../../src/report/degrade.ts'

export default class DegradeSet extends BaseCommand {
  static override summary = 'Set the degradation level of regions by hand.'
  static override description =
    'Holds until `iv degrade clear`: no deploy and no alert lowers it. Alerts may still lead higher.'
  static override examples = [
    '<%= config.bin %> degrade set L3 --region us-east --reason "model answers nonsense" --yes',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND'] as const
  static override args = {
    level: Args.string({
      description: 'L1 (full) to L5 (reschedule).',
      options: [...levelNames],
      required: true,
    }),
  }
  static override flags = {
    ...deployFlags,
    ...confirmFlags,
    reason: Flags.string({
      summary: 'Why; kept on the flag and in the journal.',
      helpValue: 'TEXT',
      required: true,
    }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(DegradeSet)
    await this.conclude(
      degradeWriter,
      async (c) => {
        const [{ setLevel }, { connectCluster }] = await Promise.all([
          import('../../src/degrade/set.ts'),
          import('../../src/cluster/connect.ts'),
        ])
        const level = levelNames.find((name) => name === args.level) ?? 'L1'
        return setLevel({ ...scopeOf(flags), level, reason: flags.reason }, { ...c, connect: connectCluster })
      },
      { asks: 'change' },
    )
  }
}
