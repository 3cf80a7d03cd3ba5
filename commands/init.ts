import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { initWriter } from '../src/report/config-init.ts'

export default class Init extends BaseCommand {
  static override summary = 'Write an iv.yaml to start from.'
  static override description =
    'Everything in iv.yaml is optional: what it leaves out has a default. `seed` writes every value out with the place it comes from, `minimal` only what is worth choosing, `literal` the source document word for word, with every contradiction that `iv lint` finds. An iv.yaml that is there stays as it is.'
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init platform --preset seed']
  static override exits = ['OPERATION'] as const
  static override args = {
    folder: Args.string({
      description: 'Where it goes; the working directory if left out.',
      default: () => Promise.resolve(resolve('.')),
      noCacheDefault: true,
      parse: (input) => Promise.resolve(resolve(input)),
    }),
  }
  static override flags = {
    preset: Flags.option({
      summary: 'What to start from.',
      options: ['seed', 'minimal', 'literal'] as const,
      default: 'minimal' as const,
      env: 'IV_PRESET',
    })(),
    force: Flags.boolean({ summary: 'Replace an iv.yaml that is there.' }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Init)
    await this.conclude(initWriter, async (c) => {
      const { initProject } = await import('../src/spec/init.ts')
      return initProject({ folder: args.folder, preset: flags.preset, force: flags.force }, c)
    })
  }
}
