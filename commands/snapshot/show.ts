import { resolve } from 'node:path'
import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { snapshotWriter } from '../../src/report/snapshot.ts'

export default class SnapshotShow extends BaseCommand {
  static override summary = 'Show what a snapshot holds, and what was left out.'
  static override description =
    'Refuses a file whose digest does not match: it was changed after it was saved.'
  static override examples = ['<%= config.bin %> snapshot show snapshot.json']
  static override exits = ['NOT_FOUND'] as const
  static override args = {
    file: Args.string({
      description: 'A file of `iv snapshot save`.',
      required: true,
      parse: (input) => Promise.resolve(resolve(input)),
    }),
  }

  override async run(): Promise<void> {
    const { args } = await this.parse(SnapshotShow)
    await this.conclude(snapshotWriter, async () => {
      const { showSnapshot } = await import('../../src/snapshot/show.ts')
      return showSnapshot({ file: args.file })
    })
  }
}
