import { BaseCommand } from '../../src/command/base.ts'
import { localWriter } from '../../src/sandbox/writer.ts'

export default class LocalStatus extends BaseCommand {
  static override summary = 'Show every process of the sandbox, its memory, and what is simulated.'
  static override description =
    'A component is `running`, `crashed` (it ended without being asked to) or `stopped`. Changes nothing.'
  static override examples = ['<%= config.bin %> local status', '<%= config.bin %> local status --json']

  static override exits = ['NOT_FOUND'] as const

  override async run(): Promise<void> {
    await this.parse(LocalStatus)
    await this.conclude(localWriter, async (c) => {
      const { localStatus } = await import('../../src/sandbox/status.ts')
      return localStatus({}, c)
    })
  }
}
