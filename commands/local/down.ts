import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { localWriter } from '../../src/sandbox/writer.ts'

export default class LocalDown extends BaseCommand {
  static override summary = "Stop the sandbox's processes and keep its data."
  static override description =
    'Leaves no process of the sandbox behind, also after a command that was interrupted. `iv local up` goes on where it was.'
  static override examples = [
    '<%= config.bin %> local down',
    '<%= config.bin %> local down --regions us-west',
  ]
  static override exits = ['OPERATION'] as const
  static override flags = {
    regions: Flags.string({
      summary: 'Stop only these regions. Repeat it or separate names with commas.',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(LocalDown)
    await this.conclude(localWriter, async (c) => {
      const { localDown } = await import('../../src/sandbox/down.ts')
      return localDown({ regions: flags.regions }, c)
    })
  }
}
