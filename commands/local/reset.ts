import { BaseCommand } from '../../src/command/base.ts'
import { confirmFlags } from '../../src/command/flags.ts'
import { localWriter } from '../../src/sandbox/writer.ts'

export default class LocalReset extends BaseCommand {
  static override summary = 'Remove the sandbox with all its data and stacks.'
  static override description =
    'Stops everything, removes the data, certificates, ports and logs of the sandbox, and the state of the stacks of environment `local`. Nothing outside the sandbox is touched. Asks first.'
  static override examples = ['<%= config.bin %> local reset', '<%= config.bin %> local reset --yes']
  static override exits = ['OPERATION'] as const
  static override flags = { ...confirmFlags }

  override async run(): Promise<void> {
    await this.parse(LocalReset)
    await this.conclude(
      localWriter,
      async (c) => {
        const { localReset } = await import('../../src/sandbox/reset.ts')
        return localReset({}, c)
      },
      { asks: 'change' },
    )
  }
}
