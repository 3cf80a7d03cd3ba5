import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags } from '../../src/command/flags.ts'
import { fitWriter } from '../../src/report/capacity-fit.ts'
import { given } from '../../src/spec/given.ts'

export default class CapacityPlanFit extends BaseCommand {
  static override summary = 'Say whether instances fit into the regions as they are.'
  static override description =
    'Places them as the scheduler would: cordons, taints, selectors, resources, host ports, spread, anti-affinity and quotas, and no running pod is ended. Reads the clusters, or a file of `iv snapshot save`. Instances are spread over the regions by weight; --lose takes a region away and moves what runs there. Exits 5 with the shortfall and the first reason where something does not fit.'
  static override examples = [
    '<%= config.bin %> capacity-plan fit --add llm=4 --region us-east',
    '<%= config.bin %> capacity-plan fit --lose us-east',
    '<%= config.bin %> capacity-plan fit --add sfu=10 --add asr=20 --snapshot snapshot.json -o wide',
  ]
  static override exits = ['AUTH', 'OPERATION', 'POLICY', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...clusterFlags,
    add: Flags.string({
      summary: 'Instances of a pool to place. Repeatable.',
      helpValue: 'POOL=N',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    lose: Flags.string({
      summary: 'A region that is gone; what runs there is placed elsewhere.',
      helpValue: 'REGION',
    }),
    snapshot: Flags.string({
      summary: 'A file of `iv snapshot save`, instead of the clusters.',
      helpValue: 'FILE',
      env: 'IV_SNAPSHOT',
      exclusive: ['kubeconfig', 'context'],
      parse: (input) => Promise.resolve(resolve(input)),
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(CapacityPlanFit)
    const { add = [], lose, region: regions, snapshot, kubeconfig, context } = flags
    await this.conclude(fitWriter, async (c) => {
      const [{ fit }, { connectCluster }] = await Promise.all([
        import('../../src/capacity/fit/fit.ts'),
        import('../../src/cluster/connect.ts'),
      ])
      const input = { ...given(flags), add, lose, regions, snapshot, kubeconfig, context }
      return fit(input, { ...c, connect: connectCluster })
    })
  }
}
