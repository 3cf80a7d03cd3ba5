import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import type { Outcome } from '../../src/exit-codes.ts'
import { toolchainWriter } from '../../src/toolchain/result.ts'
import { addonNames, type ToolName, toolNames } from '../../src/toolchain/toolchain.ts'

export default class ToolchainInstall extends BaseCommand {
  static override summary = 'Install the external programs that are missing.'
  static override description =
    'Each comes from PATH or the cache if it is there, from the official release where toolchain.lock holds its hash, and is built from pinned Go modules otherwise (cold about 15 min on 2 cores; with autoscaling about 15 more, with media 2 more). Safe to run again and beside another one.'
  static override examples = [
    '<%= config.bin %> toolchain install',
    '<%= config.bin %> toolchain install etcd kubectl',
    '<%= config.bin %> toolchain install --with autoscaling',
  ]
  static override args = {
    tool: Args.custom<ToolName>({})({
      description: 'A program; repeatable. Without one, all that every sandbox needs.',
      options: [...toolNames],
      multiple: true,
    }),
  }
  static override flags = {
    with: Flags.option({
      summary:
        'Also what a part of the sandbox needs that is not in every one. Repeat it or separate with commas.',
      options: addonNames,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    })(),
  }
  static override exits: readonly Outcome[] = ['OPERATION']

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ToolchainInstall)
    await this.conclude(toolchainWriter, async (c) => {
      const { installTools } = await import('../../src/toolchain/install-tools.ts')
      return installTools({ names: args.tool ?? [], with: flags.with ?? [] }, c)
    })
  }
}
