import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { deployFlags, scopeOf } from '../../src/command/deploy-flags.ts'
import { confirmFlags } from '../../src/command/flags.ts'
import { degradeWriter } from '../../src/report/degrade.ts'

export default class DegradeClear extends BaseCommand {
  static override summary = 'Take back the degradation level that was set by hand.'
  static override description = 'Alerts alone decide from then on.'
  static override examples = [
    '<%= config.bin %> degrade clear --region us-east --reason "model is well again" --yes',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND'] as const
  static override flags = {
    ...deployFlags,
    ...confirmFlags,
    reason: Flags.string({ summary: 'Why; kept in the journal.', helpValue: 'TEXT', required: true }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(DegradeClear)
    await this.conclude(
      degradeWriter,
      async (c) => {
        const [{ setLevel }, { connectCluster }] = await Promise.all([
          import('../../src/degrade/set.ts'),
          import('../../src/cluster/connect.ts'),
        ])
        return setLevel({ ...scopeOf(flags), reason: flags.reason }, { ...c, connect: connectCluster })
      },
      { asks: 'change' },
    )
  }
}
