import { BaseCommand } from '../../src/command/base.ts'
import { deployFlags, scopeOf } from '../../src/command/deploy-flags.ts'
import { locksWriter } from '../../src/report/locks.ts'

export default class LockStatus extends BaseCommand {
  static override summary = 'Show who may change each region now.'
  static override description =
    "Reads the Lease that is the lock of a region, in its own cluster, and what the engine keeps of its own. `expired` is not taken over before it was watched for 15 s; `abandoned` is certainly nobody's. Without --region it shows all."
  static override examples = [
    '<%= config.bin %> lock status',
    '<%= config.bin %> lock status --region us-east --json',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'PARTIAL'] as const
  static override flags = deployFlags

  override async run(): Promise<void> {
    const { flags } = await this.parse(LockStatus)
    await this.conclude(locksWriter, async (c) => {
      const [{ lockStatus }, { connectCluster }] = await Promise.all([
        import('../../src/lock/status.ts'),
        import('../../src/cluster/connect.ts'),
      ])
      return lockStatus(scopeOf(flags), { ...c, connect: connectCluster })
    })
  }
}
