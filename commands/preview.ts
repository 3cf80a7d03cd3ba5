import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { deployFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { previewWriter } from '../src/report/preview.ts'

export default class Preview extends BaseCommand {
  static override summary = 'Show what a deploy would change, from the live state of each region.'
  static override description =
    'Reads every object of the region first, so that what was changed outside shows as well. Changes nothing. Counts of instances are not compared: they belong to the autoscaler.'
  static override examples = [
    '<%= config.bin %> preview --region us-east',
    '<%= config.bin %> preview --region all --expect-no-changes --json',
  ]
  static override exits = [
    'AUTH',
    'OPERATION',
    'NOT_FOUND',
    'CHANGES',
    'LOCKED',
    'REFUSED',
    'PARTIAL',
  ] as const
  static override flags = {
    ...deployFlags,
    'expect-no-changes': Flags.boolean({ summary: 'Exit 7 when anything would change.' }),
    diff: Flags.boolean({ summary: 'Show the fields that differ, with their values.' }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Preview)
    await this.conclude(previewWriter({ diff: flags.diff }), async (c) => {
      const [{ preview }, { withDeployPorts }] = await Promise.all([
        import('../src/deploy/preview.ts'),
        import('../src/deploy/assemble.ts'),
      ])
      const input = { ...scopeOf(flags), expectNoChanges: flags['expect-no-changes'] }
      const stacks = import('../stacks/region.ts')
      return withDeployPorts(c, stacks, (ports) => preview(input, ports))
    })
  }
}
