import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { deployFlags, scopeOf } from '../src/command/deploy-flags.ts'
import { durationFlag } from '../src/command/flags.ts'
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
    'save-plan': Flags.string({
      summary: 'Write what was seen to a file, for `iv deploy --plan`.',
      helpValue: 'FILE',
      env: 'IV_SAVE_PLAN',
    }),
    'plan-ttl': durationFlag({
      summary: 'How long a saved plan may be deployed; 24h unless stated.',
      env: 'IV_PLAN_TTL',
    }),
    diff: Flags.boolean({ summary: 'Show the fields that differ, with their values.' }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Preview)
    await this.conclude(previewWriter({ diff: flags.diff }), async (c) => {
      const [{ preview }, { withDeployPorts }] = await Promise.all([
        import('../src/deploy/preview.ts'),
        import('../src/deploy/assemble.ts'),
      ])
      const file = flags['save-plan']
      const save = file === undefined ? undefined : { file: resolve(file), ttl: flags['plan-ttl'] }
      const input = { ...scopeOf(flags), expectNoChanges: flags['expect-no-changes'], save }
      const stacks = import('../stacks/region.ts')
      return withDeployPorts(c, stacks, (ports) => preview(input, ports))
    })
  }
}
