import { BaseCommand } from '../../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags } from '../../src/command/flags.ts'
import { scaleWriter } from '../../src/report/scale.ts'

export default class ScaleGet extends BaseCommand {
  static override summary = 'Show what every autoscaler decides now, and why.'
  static override description =
    'Reads only. Per pool: the measured value, the band that it is kept in, instances now and wanted, bounds, and what holds it. A metric that is missing is shown as unknown, with the time since when; on an unknown metric nothing scales in. Without --region it shows all.'
  static override examples = [
    '<%= config.bin %> scale get --region us-east',
    '<%= config.bin %> scale get --json',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND'] as const
  static override flags = { ...environmentFlags, ...regionFlags, ...clusterFlags }

  override async run(): Promise<void> {
    const { flags } = await this.parse(ScaleGet)
    const { kubeconfig, context } = flags
    await this.conclude(scaleWriter, async (c) => {
      const [{ scaleGet }, { connectCluster }] = await Promise.all([
        import('../../src/scale/get.ts'),
        import('../../src/cluster/connect.ts'),
      ])
      const input = { file: flags.config, environment: flags.env, regions: flags.region }
      return scaleGet({ ...input, kubeconfig, context }, { ...c, connect: connectCluster })
    })
  }
}
