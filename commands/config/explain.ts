import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { explanationWriter } from '../../src/report/config-explanation.ts'
import { given } from '../../src/spec/given.ts'

export default class ConfigExplain extends BaseCommand {
  static override summary = 'Say what a value of the specification means.'
  static override description =
    'Meaning, type, default with its place in the source document, and the value in effect with its origin. Works while iv.yaml has errors.'
  static override examples = [
    '<%= config.bin %> config explain pools.sfu.trigger',
    '<%= config.bin %> config explain regions.us-east.role',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override args = {
    path: Args.string({ description: 'A dotted path such as pools.sfu.trigger.', required: true }),
  }
  static override flags = { ...environmentFlags }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigExplain)
    await this.conclude(explanationWriter, async (c) => {
      const { explainPath } = await import('../../src/spec/explain.ts')
      return explainPath({ ...given(flags), path: args.path }, c)
    })
  }
}
