import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import type { Outcome } from '../../src/exit-codes.ts'
import { toolchainWriter } from '../../src/toolchain/result.ts'
import { type ToolName, toolNames } from '../../src/toolchain/toolchain.ts'

export default class ToolchainInstall extends BaseCommand {
  static override summary = 'Install the external programs that are missing.'
  static override description =
    'Each comes from PATH or the cache if it is there, from the official release where toolchain.lock holds its hash, and is built from pinned Go modules otherwise (cold about 15 min for all on 2 cores). Safe to run again and beside another one.'
  static override examples = [
    '<%= config.bin %> toolchain install',
    '<%= config.bin %> toolchain install etcd kubectl',
  ]
  static override args = {
    tool: Args.custom<ToolName>({})({
      description: 'A program; repeatable, all of them without it.',
      options: [...toolNames],
      multiple: true,
    }),
  }
  static override exits: readonly Outcome[] = ['OPERATION']

  override async run(): Promise<void> {
    const { args } = await this.parse(ToolchainInstall)
    await this.conclude(toolchainWriter, async (c) => {
      const { installTools } = await import('../../src/toolchain/install-tools.ts')
      return installTools({ names: args.tool ?? [] }, c)
    })
  }
}
