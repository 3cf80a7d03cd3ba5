import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { specificationFlags } from '../../src/command/flags.ts'
import { given } from '../../src/spec/given.ts'
import { validationWriter } from '../../src/report/config-validation.ts'

export default class ConfigValidate extends BaseCommand {
  static override summary = 'Check the specification, in every environment that it has.'
  static override description =
    'Lists everything that is wrong at once, each error with file, line, column, what is allowed and the nearest valid name. Reaches nothing but the file.'
  static override examples = [
    '<%= config.bin %> config validate',
    '<%= config.bin %> config validate --env production --json',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override flags = {
    env: Flags.string({
      char: 'e',
      summary: 'Check only this environment.',
      helpValue: 'NAME',
      env: 'IV_ENV',
    }),
    ...specificationFlags,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(ConfigValidate)
    await this.conclude(validationWriter, async (c) => {
      const { validateConfig } = await import('../../src/spec/validate.ts')
      return validateConfig(given(flags), c)
    })
  }
}
