import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { logsWriter } from '../../src/sandbox/logs-writer.ts'

export default class LocalLogs extends BaseCommand {
  static override summary = "Show the last lines of the sandbox's logs."
  static override description =
    'Of one region, one component, or everything. With --follow, new lines are shown as they are written until Ctrl-C.'
  static override examples = [
    '<%= config.bin %> local logs us-east kube-apiserver',
    '<%= config.bin %> local logs us-east --lines 100 --follow',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override args = {
    region: Args.string({ description: 'A region of the sandbox; all of them without it.' }),
    component: Args.string({ description: 'A component, such as kube-apiserver; all of them without it.' }),
  }
  static override flags = {
    lines: Flags.integer({ char: 'n', summary: 'Lines from the end of each log.', default: 20, min: 0 }),
    follow: Flags.boolean({ char: 'f', summary: 'Go on with new lines until Ctrl-C.' }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(LocalLogs)
    await this.conclude(logsWriter, async (c) => {
      const { localLogs } = await import('../../src/sandbox/logs.ts')
      return localLogs({ ...args, lines: flags.lines, follow: flags.follow }, c)
    })
  }
}
