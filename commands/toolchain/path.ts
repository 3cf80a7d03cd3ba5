import { Args } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import type { Outcome } from '../../src/exit-codes.ts'
import { pathWriter } from '../../src/toolchain/result.ts'
import { type ToolName, toolNames } from '../../src/toolchain/toolchain.ts'

export default class ToolchainPath extends BaseCommand {
  static override summary = 'Print the path of one external program.'
  static override description = 'Nothing but the path, for use in scripts. Exits 6 where it is not installed.'
  static override examples = ['$(<%= config.bin %> toolchain path kubectl) get nodes']
  static override args = {
    tool: Args.custom<ToolName>({})({ description: 'The program.', options: [...toolNames], required: true }),
  }
  static override exits: readonly Outcome[] = ['NOT_FOUND']

  override async run(): Promise<void> {
    const { args } = await this.parse(ToolchainPath)
    await this.conclude(pathWriter, async (c) => {
      const { toolPath } = await import('../../src/toolchain/list-tools.ts')
      return toolPath({ name: args.tool }, c)
    })
  }
}
