import { Args } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, environmentFlags } from '../src/command/flags.ts'
import { cancelWriter } from '../src/report/cancel.ts'

export default class Cancel extends BaseCommand {
  static override summary = 'Stop a run in order, as its own Ctrl-C would.'
  static override description =
    'Waits until the run has unwound and given its locks back. For a run that was cut, gives back the locks it still has. Exits 10 for a run of another machine.'
  static override examples = ['<%= config.bin %> cancel 01KB4ZQ6T8M2V5X7Y9C3D1E0FG']
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'LOCKED'] as const
  static override args = {
    run: Args.string({
      description: 'Id of the run, as iv history and iv lock status show it.',
      required: true,
    }),
  }
  static override flags = { ...environmentFlags, ...clusterFlags }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Cancel)
    const { kubeconfig, context } = flags
    await this.conclude(cancelWriter, async (c) => {
      const [{ cancelRun }, { connectCluster }] = await Promise.all([
        import('../src/runs/cancel.ts'),
        import('../src/cluster/connect.ts'),
      ])
      const scope = {
        file: flags.config,
        environment: flags.env,
        provider: 'auto' as const,
        kubeconfig,
        context,
      }
      return cancelRun({ ...scope, run: args.run }, { ...c, connect: connectCluster })
    })
  }
}
