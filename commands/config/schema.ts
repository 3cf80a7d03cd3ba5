import { BaseCommand } from '../../src/command/base.ts'
import { schemaWriter } from '../../src/report/config-schema.ts'

export default class ConfigSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of iv.yaml.'
  static override description =
    'For editors, which complete and check iv.yaml with it while it is written, and for other programs.'
  static override examples = ['<%= config.bin %> config schema > iv.schema.json']

  override async run(): Promise<void> {
    await this.parse(ConfigSchema)
    await this.conclude(schemaWriter, async () => {
      const { configSchema } = await import('../../src/spec/schema-document.ts')
      return configSchema()
    })
  }
}
