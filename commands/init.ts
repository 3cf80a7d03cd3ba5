import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { ciNames, controllerNames } from '../src/init/names.ts'
import { initWriter } from '../src/report/config-init.ts'

export default class Init extends BaseCommand {
  static override summary = 'Write an iv.yaml to start from, and the pipeline that delivers it.'
  static override description =
    'Everything in iv.yaml is optional: what it leaves out has a default. `seed` writes every value out with the place it comes from, `minimal` only what is worth choosing, `literal` the source document word for word, with every contradiction that `iv lint` finds. An iv.yaml that is there stays as it is. With --ci and --gitops the pipeline, and the objects of the controller, of one environment are written beside it.'
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init platform --preset seed',
    '<%= config.bin %> init --ci github --gitops argocd --env production',
  ]
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
    force: Flags.boolean({ summary: 'Replace files that are there.' }),
    ci: Flags.option({ summary: 'Write a pipeline for it.', options: ciNames, env: 'IV_CI' })(),
    gitops: Flags.option({
      summary: 'Who applies the rendered tree; without it the pipeline runs iv deploy.',
      options: controllerNames,
      env: 'IV_GITOPS',
    })(),
    env: Flags.string({
      char: 'e',
      summary: 'The environment that is delivered.',
      helpValue: 'NAME',
      default: 'production',
      env: 'IV_ENV',
    }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Init)
    const { preset, force, ci, gitops: controller, env: environment } = flags
    await this.conclude(initWriter, async (c) => {
      const input = { folder: args.folder, preset, force }
      if (ci !== undefined || controller !== undefined) {
        const { initDelivery } = await import('../src/init/init-delivery.ts')
        return initDelivery({ ...input, environment, ci, controller }, c)
      }
      const { initProject } = await import('../src/spec/init.ts')
      return initProject(input, c)
    })
  }
}
