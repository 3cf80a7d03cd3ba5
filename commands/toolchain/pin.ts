import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import type { Outcome } from '../../src/exit-codes.ts'
import { pinWriter } from '../../src/toolchain/pin-result.ts'
import { type ToolName, toolNames } from '../../src/toolchain/toolchain.ts'

export default class ToolchainPin extends BaseCommand {
  static override summary = 'Fetch official releases and write their hashes into toolchain.lock.'
  static override description =
    'Run it on a machine that reaches the releases, then commit the lock. Releases are used only where it holds their hash. IV_TOOLCHAIN_MIRROR names a mirror (<mirror>/<host>/<path>), IV_TOOLCHAIN_LOCK another lock.'
  static override examples = [
    '<%= config.bin %> toolchain pin',
    '<%= config.bin %> toolchain pin kubectl --platform linux-amd64 --platform linux-arm64',
  ]
  static override args = {
    tool: Args.custom<ToolName>({})({
      description: 'A program; repeatable, all of them without it.',
      options: [...toolNames],
      multiple: true,
    }),
  }
  static override flags = {
    platform: Flags.string({
      summary: 'A platform such as linux-amd64; this machine’s own without it. Repeatable.',
      helpValue: 'OS-ARCH',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }
  static override exits: readonly Outcome[] = ['OPERATION']

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ToolchainPin)
    await this.conclude(pinWriter, async (c) => {
      const { pinReleases } = await import('../../src/toolchain/pin.ts')
      return pinReleases({ names: args.tool ?? [], platforms: flags.platform ?? [] }, c)
    })
  }
}
