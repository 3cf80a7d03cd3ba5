import { BaseCommand } from '../../src/command/base.ts'
import { deployFlags, scopeOf } from '../../src/command/deploy-flags.ts'
import { degradeWriter } from '../../src/report/degrade.ts'

export default class DegradeStatus extends BaseCommand {
  static override summary = 'Show the degradation level of each region, and why it is there.'
  static override description =
    'Two levels count, and callers act on the higher one: the one set by hand, and the one that alerts lead to. Without --region it shows all.'
  static override examples = [
    '<%= config.bin %> degrade status',
    '<%= config.bin %> degrade status --region us-east --json',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'PARTIAL'] as const
  static override flags = deployFlags

  override async run(): Promise<void> {
    const { flags } = await this.parse(DegradeStatus)
    await this.conclude(degradeWriter, async (c) => {
      const [{ degradeStatus }, { connectCluster }] = await Promise.all([
        import('../../src/degrade/status.ts'),
        import('../../src/cluster/connect.ts'),
      ])
      return degradeStatus(scopeOf(flags), { ...c, connect: connectCluster })
    })
  }
}
