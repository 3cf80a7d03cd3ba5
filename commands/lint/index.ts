import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { lintWriter } from '../../src/report/lint.ts'
import { given } from '../../src/spec/given.ts'

export default class Lint extends BaseCommand {
  static override summary = 'Check the arithmetic of what the specification promises.'
  static override description =
    'Objectives, timeouts, retries, capacities and backups that cannot all hold: each finding with the formula and its numbers, the place in iv.yaml and a fix. The defaults have none; `iv init --preset literal` writes the source document word for word, which has all of them. Reaches nothing but the file.'
  static override examples = [
    '<%= config.bin %> lint',
    '<%= config.bin %> lint --rule IV-RTO-001 --rule IV-RING-001 --json',
    '<%= config.bin %> lint --fail-on warn --junit lint.xml',
  ]
  static override exits = ['OPERATION', 'POLICY', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    rule: Flags.string({
      summary: 'Check only this rule. Repeatable.',
      helpValue: 'ID',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    'fail-on': Flags.option({
      summary: 'The least finding that exits 5.',
      options: ['error', 'warn'] as const,
      default: 'error' as const,
      env: 'IV_FAIL_ON',
    })(),
    junit: Flags.string({
      summary: 'Write the result to this file too, as JUnit XML.',
      helpValue: 'FILE',
      env: 'IV_JUNIT',
      parse: (input) => Promise.resolve(resolve(input)),
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Lint)
    await this.conclude(lintWriter, async (c) => {
      const { lint } = await import('../../src/lint/lint.ts')
      return lint(
        {
          ...given(flags),
          rules: (flags.rule ?? []).map((id) => id.toUpperCase()),
          failOn: flags['fail-on'] === 'warn' ? 'warning' : 'error',
          ...(flags.junit === undefined ? {} : { junit: flags.junit }),
        },
        c,
      )
    })
  }
}
