import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { lintExplanationWriter } from '../../src/report/lint-explanation.ts'
import { given } from '../../src/spec/given.ts'

export default class LintExplain extends BaseCommand {
  static override summary = 'Say what a rule of `iv lint` is about.'
  static override description =
    'What the source document says, what iv does by default instead, why, what must hold, and whether it holds now. Works while iv.yaml has errors.'
  static override examples = [
    '<%= config.bin %> lint explain IV-RTO-001',
    '<%= config.bin %> lint explain IV-RING-001 --output markdown',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override args = { id: Args.string({ description: 'The rule, such as IV-RTO-001.', required: true }) }
  static override flags = { ...environmentFlags }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(LintExplain)
    await this.conclude(lintExplanationWriter, async (c) => {
      const { explainRule } = await import('../../src/lint/explain.ts')
      return explainRule({ ...given(flags), id: args.id }, c)
    })
  }
}
