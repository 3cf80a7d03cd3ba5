import { Flags } from '@oclif/core'
import type { Collaborators } from '../src/collaborators.ts'
import { BaseCommand } from '../src/command/base.ts'
import { deployFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { confirmFlags, durationFlag } from '../src/command/flags.ts'
import { driftWriter } from '../src/report/drift.ts'

export default class Drift extends BaseCommand {
  static override summary =
    'Show where live regions differ from the specification, and whether that was to be.'
  static override description =
    'Reads only, unless told to remediate. A count of instances that an autoscaler or a person chose is `expected`; a field that somebody holds, with owner and end in the annotation iv.dev/hold, is an `override`; everything else is `unexplained`, and exits 7. What the specification changed since the last deploy shows as well: deploy it first.'
  static override examples = [
    '<%= config.bin %> drift --region all',
    '<%= config.bin %> drift --region us-east --json',
    '<%= config.bin %> drift --region us-east --since 2h --remediate --yes',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'CHANGES', 'REFUSED', 'PARTIAL'] as const
  static override flags = {
    ...deployFlags,
    ...confirmFlags,
    remediate: Flags.boolean({
      summary: 'Give what is unexplained its specified value again, after a preview and a question.',
    }),
    since: durationFlag({
      summary: 'Only what was changed within so long, or does not say when.',
      env: 'IV_SINCE',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Drift)
    const input = { ...scopeOf(flags), remediate: flags.remediate, since: flags.since }
    const work = async (c: Collaborators) => {
      const [{ drift }, { withDeployPorts }] = await Promise.all([
        import('../src/deploy/drift.ts'),
        import('../src/deploy/assemble.ts'),
      ])
      const stacks = import('../stacks/region.ts')
      return withDeployPorts(c, stacks, (ports) => drift(input, ports))
    }
    await this.conclude(driftWriter, work, { asks: flags.remediate ? 'change' : undefined })
  }
}
