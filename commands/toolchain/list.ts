import { BaseCommand } from '../../src/command/base.ts'
import { toolchainWriter } from '../../src/toolchain/result.ts'

export default class ToolchainList extends BaseCommand {
  static override summary = 'Show the external programs, their versions and where they come from.'
  static override description =
    'Looks on PATH (programs of another version are passed over; `--output wide` says why), then in the cache. Installs nothing.'
  static override examples = [
    '<%= config.bin %> toolchain list',
    '<%= config.bin %> toolchain list --output wide',
  ]

  override async run(): Promise<void> {
    await this.parse(ToolchainList)
    await this.conclude(toolchainWriter, async (c) => {
      const { listTools } = await import('../../src/toolchain/list-tools.ts')
      return listTools({}, c)
    })
  }
}
