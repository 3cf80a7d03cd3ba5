import { BaseCommand } from '../src/command/base.ts'
import { deployFlags, laneFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { destroyFlags } from '../src/command/flags.ts'
import { destroyWriter } from '../src/report/destroy.ts'

export default class Destroy extends BaseCommand {
  static override summary = 'Delete everything that iv deployed to regions.'
  static override description =
    'Shows what would go, then wants the name of each region typed, or given with --confirm; --yes alone is not enough. Deletes the primary before its standby, waits until the namespaces are gone and removes the stack. Exits 6 where nothing is deployed.'
  static override examples = [
    '<%= config.bin %> destroy --region us-east',
    '<%= config.bin %> destroy --region us-east --confirm us-east',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'LOCKED', 'REFUSED', 'PARTIAL'] as const
  static override flags = { ...deployFlags, ...laneFlags, ...destroyFlags }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Destroy)
    const lanes = { maxParallel: flags['max-parallel'], onFailure: flags['on-failure'] }
    await this.conclude(
      destroyWriter,
      async (c) => {
        const [{ destroy }, { withDeployPorts }] = await Promise.all([
          import('../src/deploy/destroy.ts'),
          import('../src/deploy/assemble.ts'),
        ])
        const stacks = import('../stacks/region.ts')
        return withDeployPorts(c, stacks, (ports) => destroy({ ...scopeOf(flags), ...lanes }, ports))
      },
      { asks: 'destroy' },
    )
  }
}
