import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags } from '../src/command/flags.ts'
import { statusWriter } from '../src/report/status.ts'

export default class Status extends BaseCommand {
  static override summary = 'Show regions by pool: wanted and ready instances, nodes, last run.'
  static override description =
    'Reads only. Without --region it shows all. A region that cannot be reached is shown as such and does not hide the others; the exit code is then 15.'
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --region us-east --json']
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...clusterFlags,
    watch: Flags.boolean({
      summary: 'Look again every 2 s until Ctrl-C: redrawn in place on a terminal, else each difference.',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Status)
    const { kubeconfig, context, watch } = flags
    await this.conclude(statusWriter, async (c) => {
      const [{ status }, { connectCluster }] = await Promise.all([
        import('../src/status/status.ts'),
        import('../src/cluster/connect.ts'),
      ])
      const input = { file: flags.config, environment: flags.env, regions: flags.region }
      return status({ ...input, kubeconfig, context, watch }, { ...c, connect: connectCluster })
    })
  }
}
