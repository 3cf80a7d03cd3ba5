import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { deployFlags, scopeOf } from '../../src/command/deploy-flags.ts'
import { confirmFlags } from '../../src/command/flags.ts'
import { locksWriter } from '../../src/report/locks.ts'

export default class LockBreak extends BaseCommand {
  static override summary = 'End the lock of a region whose holder cannot be asked to.'
  static override description =
    'Rarely needed: a lock whose holder is gone is taken over by the next command. Waits until the former holder can write nothing more, which takes up to 15 s. Refuses (11) where the holder lives on this machine: `iv cancel` ends it in order.'
  static override examples = [
    '<%= config.bin %> lock break --region us-east --reason "runner 12 was deleted" --yes',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'LOCKED', 'REFUSED'] as const
  static override flags = {
    ...deployFlags,
    ...confirmFlags,
    reason: Flags.string({
      summary: 'Why; kept on the Lease and in the journal.',
      helpValue: 'TEXT',
      required: true,
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(LockBreak)
    await this.conclude(
      locksWriter,
      async (c) => {
        const [{ breakLock }, { withDeployPorts }] = await Promise.all([
          import('../../src/lock/break.ts'),
          import('../../src/deploy/assemble.ts'),
        ])
        const stacks = import('../../stacks/region.ts')
        const input = { ...scopeOf(flags), reason: flags.reason }
        return withDeployPorts(c, stacks, (ports) => breakLock(input, ports))
      },
      { asks: 'change' },
    )
  }
}
