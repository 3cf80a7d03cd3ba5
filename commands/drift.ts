import { BaseCommand } from '../src/command/base.ts'
import { deployFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { driftWriter } from '../src/report/drift.ts'

export default class Drift extends BaseCommand {
  static override summary =
    'Show where live regions differ from the specification, and whether that was to be.'
  static override description =
    'Reads only. A count of instances that an autoscaler or a person chose is `expected`; everything else is `unexplained`, and exits 7. What the specification changed since the last deploy shows as well: deploy it first.'
  static override examples = [
    '<%= config.bin %> drift --region all',
    '<%= config.bin %> drift --region us-east --json',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'CHANGES', 'REFUSED', 'PARTIAL'] as const
  static override flags = deployFlags

  override async run(): Promise<void> {
    const { flags } = await this.parse(Drift)
    await this.conclude(driftWriter, async (c) => {
      const [{ drift }, { withDeployPorts }] = await Promise.all([
        import('../src/deploy/drift.ts'),
        import('../src/deploy/assemble.ts'),
      ])
      const stacks = import('../stacks/region.ts')
      return withDeployPorts(c, stacks, (ports) => drift(scopeOf(flags), ports))
    })
  }
}
