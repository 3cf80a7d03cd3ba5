import { BaseCommand } from '../src/command/base.ts'
import { careFlags, deployFlags, laneFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { confirmFlags } from '../src/command/flags.ts'
import { deployWriter } from '../src/report/deploy.ts'

export default class Deploy extends BaseCommand {
  static override summary = 'Bring regions to the specification, and wait until every pool is Ready.'
  static override description =
    'Looks at all regions, shows what would change, asks once, then changes only those that differ: a standby before its primary. A new pool starts with its minimum; from then on its count belongs to the autoscaler and is never written again. Safe to run again after a failure: it goes on from there.'
  static override examples = [
    '<%= config.bin %> deploy --region us-east',
    '<%= config.bin %> deploy --plan monday.plan.json --yes',
    '<%= config.bin %> deploy --region all --yes --max-parallel 2 --on-failure continue',
    '<%= config.bin %> deploy --region all --yes --bake 10m --on-failure rollback',
    '<%= config.bin %> deploy --resume 01KB4ZQ6T8M2V5X7Y9C3D1E0FG --yes',
  ]
  static override exits = [
    'AUTH',
    'OPERATION',
    'NOT_FOUND',
    'LOCKED',
    'REFUSED',
    'CHANGES',
    'PARTIAL',
    'POLICY',
    'ROLLED_BACK',
    'ROLLBACK_INCOMPLETE',
  ] as const
  static override flags = {
    ...deployFlags,
    ...laneFlags,
    ...careFlags,
    ...confirmFlags,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Deploy)
    const lanes = {
      maxParallel: flags['max-parallel'],
      onFailure: flags['on-failure'],
      takeOwnership: flags['take-ownership'],
      migrateProvider: flags['migrate-provider'],
      plan: flags.plan,
      resume: flags.resume,
      bake: flags.bake,
      idempotencyKey: flags['idempotency-key'],
    }
    await this.conclude(
      deployWriter,
      async (c) => {
        const [{ deploy }, { withDeployPorts }] = await Promise.all([
          import('../src/deploy/deploy.ts'),
          import('../src/deploy/assemble.ts'),
        ])
        const stacks = import('../stacks/region.ts')
        return withDeployPorts(c, stacks, (ports) => deploy({ ...scopeOf(flags), ...lanes }, ports))
      },
      { asks: 'change' },
    )
  }
}
