import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags, specificationFlags } from '../../src/command/flags.ts'
import { given } from '../../src/spec/given.ts'

export default class ConfigView extends BaseCommand {
  static override summary = 'Show the effective specification of an environment.'
  static override description =
    'What comes out of defaults, iv.yaml, its environment, IV_SET variables and --set, each over the one before. With --show-origin every value says where it came from: a place in a file, a variable, a flag, or the place in the source document that a default was taken from.'
  static override examples = [
    '<%= config.bin %> config view pools.sfu',
    '<%= config.bin %> config view --env production --show-origin',
  ]
  static override exits = ['NOT_FOUND'] as const
  static override args = {
    path: Args.string({ description: 'A dotted path such as pools.sfu.instances; everything if left out.' }),
  }
  static override flags = {
    ...environmentFlags,
    'show-origin': Flags.boolean({ summary: 'Say where every value came from.' }),
    ...specificationFlags,
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigView)
    const path = args.path === undefined ? {} : { path: args.path }
    const { viewWriter } = await import('../../src/report/config-view.ts')
    await this.conclude(viewWriter, async (c) => {
      const { viewConfig } = await import('../../src/spec/view.ts')
      return viewConfig({ ...given(flags), ...path, showOrigin: flags['show-origin'] }, c)
    })
  }
}
