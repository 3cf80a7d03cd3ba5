import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { regionFlags } from '../src/command/flags.ts'
import { historyWriter } from '../src/report/history.ts'

export default class History extends BaseCommand {
  static override summary = 'List the runs that changed or proved something, newest first.'
  static override description =
    'Reads the journals of this project. `cut` is a run whose process is gone before it ended: the next deploy goes on from there.'
  static override examples = [
    '<%= config.bin %> history',
    '<%= config.bin %> history --region us-east --limit 5 --json',
  ]
  static override flags = {
    ...regionFlags,
    env: Flags.string({ char: 'e', summary: 'Only of this environment.', helpValue: 'NAME', env: 'IV_ENV' }),
    limit: Flags.integer({
      summary: 'The newest so many.',
      helpValue: 'N',
      default: 20,
      min: 1,
      env: 'IV_LIMIT',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(History)
    await this.conclude(historyWriter, async (c) => {
      const { history } = await import('../src/runs/history.ts')
      return history({ regions: flags.region, environment: flags.env, limit: flags.limit }, c)
    })
  }
}
